// The built files: a fixed map, read and compressed once at start. Another content has another name.
import { readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { brotliCompressSync, gzipSync } from 'node:zlib'

/** Where pages find them. */
export interface Assets {
  style: string
  script: string
  mark: string
  files: Map<string, AssetFile>
}

interface AssetFile {
  type: string
  plain: Uint8Array<ArrayBuffer>
  gzip: Uint8Array<ArrayBuffer>
  br: Uint8Array<ArrayBuffer>
}

const folder = fileURLToPath(new URL('../../assets/', import.meta.url))
const types: Record<string, string> = {
  css: 'text/css; charset=utf-8',
  js: 'text/javascript; charset=utf-8',
  svg: 'image/svg+xml; charset=utf-8',
}

export function loadAssets(): Assets {
  const files = new Map(readdirSync(folder).map((name) => [name, read(name)]))
  const path = (start: string) => `/assets/${[...files.keys()].find((name) => name.startsWith(start))}`
  return { style: path('gatelodge.'), script: path('page.'), mark: path('mark.'), files }
}

function read(name: string): AssetFile {
  const plain = new Uint8Array(readFileSync(folder + name))
  const type = types[name.split('.').at(-1) ?? ''] ?? 'application/octet-stream'
  return { type, plain, gzip: new Uint8Array(gzipSync(plain)), br: new Uint8Array(brotliCompressSync(plain)) }
}
