// The built files and the site's own: a fixed map, read once at start. Another content has another name.
import { readdirSync, readFileSync } from 'node:fs'
import { extname } from 'node:path'
import { brotliCompressSync, gzipSync } from 'node:zlib'
import { type BrandColor, onColor } from '../../config/branding.ts'
import { packageFile } from '../../config/package-files.ts'
import type { Settings } from '../../config/schema.ts'
import { digest } from '../../identity/sealing.ts'

/** Where pages find them. */
export interface Assets {
  /** In this order: the later one has the last word. */
  styles: string[]
  /** Before those, for the console only: other pages are lighter without it. */
  consoleStyles: string[]
  script: string
  /** For pages where a new password is chosen. */
  passwordScript: string
  /** In the browser's tab. */
  icon: { path: string; type: string }
  /** For browsers that ask for it by themselves. */
  favicon: AssetFile
  /** On the home screen of a phone. */
  touchIcon: string
  /** Of what the browser draws round the page. */
  themeColor: BrandColor
  /** In place of our mark. */
  logo: string | undefined
  files: Map<string, AssetFile>
}

export interface AssetFile {
  type: string
  plain: Uint8Array<ArrayBuffer>
  /** Pictures but SVG are compressed already. */
  gzip?: Uint8Array<ArrayBuffer>
  br?: Uint8Array<ArrayBuffer>
}

const types: Record<string, string> = {
  '.css': 'text/css; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.svg': 'image/svg+xml; charset=utf-8',
  '.png': 'image/png',
  '.webp': 'image/webp',
  '.jpg': 'image/jpeg',
  '.ico': 'image/x-icon',
}

/** Behind the card, as tokens.css has it. */
const ground: BrandColor = { light: '#f4f5f2', dark: '#101412' }

export function loadAssets({ css, siteLogo, brandColor }: Pick<Settings, 'css' | 'siteLogo' | 'brandColor'>): Assets {
  const files = builtFiles()
  const pathOf = (start: string) => `/assets/${[...files.keys()].find((name) => name.startsWith(start))}`
  const add = (start: string, extension: string, content: Buffer) => {
    const name = `${start}.${digest(content.toString('latin1')).toString('hex').slice(0, 16)}${extension}`
    files.set(name, compressedHere(extension, content))
    return `/assets/${name}`
  }
  const extension = siteLogo && extname(siteLogo).toLowerCase()
  const logo = extension ? add('logo', extension, readFileSync(siteLogo)) : undefined
  return {
    styles: [
      pathOf('gatelodge.'),
      ...(brandColor ? [add('colors', '.css', Buffer.from(colorsOf(brandColor)))] : []),
      ...(css ? [add('own', '.css', readFileSync(css))] : []),
    ],
    consoleStyles: [pathOf('console.')],
    script: pathOf('page.'),
    passwordScript: pathOf('password-advice.'),
    favicon: files.get(fileNameOf(logo ?? pathOf('favicon.'))) as AssetFile,
    touchIcon: logo && extension !== '.svg' ? logo : pathOf('touch-icon.'),
    themeColor: brandColor ?? ground,
    icon: { path: logo ?? pathOf('mark.'), type: (types[extension ?? '.svg'] ?? '').replace(/;.*/, '') },
    logo,
    files,
  }
}

/** The picture on the button of another provider. @returns where browsers find it. */
export function addLogo({ files }: Pick<Assets, 'files'>, provider: string, path: string): string {
  const content = readFileSync(path)
  const extension = extname(path).toLowerCase()
  const name = `${provider}.${digest(content.toString('latin1')).toString('hex').slice(0, 16)}${extension}`
  files.set(name, compressedHere(extension, content))
  return `/assets/${name}`
}

/** The build has compressed them: at each start it would take longer than anything else. */
function builtFiles(): Map<string, AssetFile> {
  const read = (name: string) => new Uint8Array(readFileSync(packageFile(`assets/${name}`)))
  const names = readdirSync(packageFile('assets/')).filter((name) => !/\.(?:gz|br)$/.test(name))
  return new Map(
    names.map((name) => {
      const file = { type: typeOf(extname(name)), plain: read(name) }
      return [name, isPixels(name) ? file : { ...file, gzip: read(`${name}.gz`), br: read(`${name}.br`) }]
    }),
  )
}

const isPixels = (name: string) => /\.(?:ico|png)$/.test(name)

const fileNameOf = (path: string) => path.replace('/assets/', '')

function compressedHere(extension: string, content: Buffer): AssetFile {
  const type = typeOf(extension)
  const plain = new Uint8Array(content)
  if (!/^text|svg/.test(type)) return { type, plain }
  return { type, plain, gzip: new Uint8Array(gzipSync(plain)), br: new Uint8Array(brotliCompressSync(plain)) }
}

function typeOf(extension: string): string {
  return types[extension] ?? 'application/octet-stream'
}

function colorsOf({ light, dark }: BrandColor): string {
  const rules = (brand: string, on: string, strong: string) =>
    `:root{--brand:${brand};--on-brand:${on};--brand-strong:${strong}}`
  return `${rules(light, onColor(light), `color-mix(in srgb,${light} 80%,#000)`)}
@supports (color:light-dark(#fff,#000)){${rules(
    `light-dark(${light},${dark})`,
    `light-dark(${onColor(light)},${onColor(dark)})`,
    `light-dark(color-mix(in srgb,${light} 80%,#000),color-mix(in srgb,${dark} 80%,#fff))`,
  )}}
`
}
