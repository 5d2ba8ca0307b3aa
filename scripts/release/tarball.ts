// The package as npm packs it, and what must hold of it: publint and attw have nothing to say, it is small, and it holds what it
// should.
import { execFileSync } from 'node:child_process'
import { mkdtempSync, readdirSync, readFileSync, renameSync, rmdirSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { checkPackage, createPackageFromTarballData } from '@arethetypeswrong/core'
import { publint } from 'publint'

/** In bytes. More than it is today by a tenth. */
const largestTarball = 4_200_000

export interface Tarball {
  path: string
  bytes: Buffer<ArrayBuffer>
}

/** @param product the folder of the package, which is built. */
export function pack(product: string, path: string): Tarball {
  // Beside it, so that it can be moved.
  const folder = mkdtempSync(join(dirname(path), 'packing-'))
  const words = ['pack', '--ignore-scripts', '--loglevel=error', '--pack-destination', folder]
  execFileSync('npm', words, { cwd: product, stdio: ['ignore', 'ignore', 'inherit'] })
  const [name = ''] = readdirSync(folder)
  renameSync(join(folder, name), path)
  rmdirSync(folder)
  return { path, bytes: readFileSync(path) }
}

export async function faultsOfTarball(tarball: Tarball): Promise<string[]> {
  return [
    ...(await faultsByPublint(tarball)),
    ...(await faultsByAttw(tarball)),
    ...faultsOfSize(tarball),
    ...faultsOfFiles(filesOf(tarball)),
  ]
}

async function faultsByPublint({ bytes }: Tarball): Promise<string[]> {
  const tarball = bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength)
  const { messages } = await publint({ pack: { tarball }, strict: true })
  return messages.map(({ code, path }) => `publint: ${code} at ${path.join('.')}`)
}

/** It is for `import` only: what `require` and the resolution of Node 10 would find says nothing. */
const ofModules: string[] = ['node16-esm', 'bundler']

async function faultsByAttw({ bytes }: Tarball): Promise<string[]> {
  const result = await checkPackage(createPackageFromTarballData(new Uint8Array(bytes)))
  if (!result.types) return ['attw: there are no types']
  const problems = result.problems.filter((one) => !('resolutionKind' in one) || ofModules.includes(one.resolutionKind))
  const resolved = ofModules.map((kind) => result.entrypoints['.']?.resolutions[kind as 'bundler'].resolution?.fileName)
  const isFound = resolved.every((name) => name === '/node_modules/gatelodge/dist/index.d.ts')
  return [
    ...problems.map((one) => `attw: ${JSON.stringify(one)}`),
    ...(isFound ? [] : ['attw: the types are not found']),
  ]
}

function faultsOfSize({ bytes }: Tarball): string[] {
  return bytes.length <= largestTarball ? [] : [`it has ${bytes.length} bytes, and ${largestTarball} are the most`]
}

/** Without the folder that npm puts them in. */
function filesOf({ path }: Tarball): string[] {
  const list = execFileSync('tar', ['-tzf', path], { encoding: 'utf8' }).trim().split('\n')
  return list.map((name) => name.replace(/^package\//, ''))
}

const needed = ['package.json', 'LICENSE', 'README.md', 'dist/index.js', 'dist/index.d.ts', 'dist/cli/main.js']
const wanted = [...needed, 'dist/cli/THIRD-PARTY.txt', 'lists/common-passwords.bloom']
const forbidden = /(?:^|\/)\.|\.test\.|\.map$|^src\/|^tests\/|\.sqlite|secret$/

export function faultsOfFiles(files: string[]): string[] {
  const missing = wanted.filter((name) => !files.includes(name))
  const strange = files.filter((name) => forbidden.test(name))
  return [...missing.map((name) => `${name} is missing`), ...strange.map((name) => `${name} does not belong in it`)]
}
