// What the Dockerfile would make, without Docker: its steps are run in folders, one a stage, and the last folder becomes the
// root of a process that sees nothing else of this machine (chroot in namespaces of its own; Linux, root).
import { type ChildProcess, execFileSync, spawn } from 'node:child_process'
import {
  chmodSync,
  copyFileSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { dockerfile, isSent, readCopy, readEnv, type Stage, textsOf } from './dockerfile.ts'
import { root } from './pages-of-docs.ts'

/** Builds all stages. @returns the folder that holds what the image adds to its base. */
export function buildImage(): string {
  const folder = mkdtempSync(join(tmpdir(), 'gatelodge-image-'))
  const context = join(folder, 'context')
  for (const path of sentFiles()) put(join(root, path), join(context, path))
  const stages = dockerfile.map((stage, index) => {
    const own = join(folder, stage.name ?? `stage-${index}`)
    buildStage(stage, own, (from) => (from === undefined ? context : join(folder, from)))
    return own
  })
  return stages.at(-1) ?? ''
}

/** What git knows or would know, and .dockerignore sends. */
function sentFiles(): string[] {
  const words = ['ls-files', '--cached', '--others', '--exclude-standard']
  const paths = execFileSync('git', words, { cwd: root, encoding: 'utf8', maxBuffer: 2 ** 26 }).split('\n')
  return paths.filter((path) => path !== '' && existsSync(join(root, path)) && isSent(path))
}

function put(from: string, to: string): void {
  mkdirSync(dirname(to), { recursive: true })
  cpSync(from, to, { recursive: true, verbatimSymlinks: true })
}

function buildStage({ instructions }: Stage, folder: string, sourceOf: (stage: string | undefined) => string): void {
  let workdir = folder
  for (const { name, text } of instructions) {
    if (name === 'WORKDIR') {
      workdir = join(folder, text)
      mkdirSync(workdir, { recursive: true })
    }
    if (name === 'COPY') {
      const { from, sources, to } = readCopy(text)
      for (const source of sources) {
        // A file goes into a target that ends in a slash; the content of a folder goes into the target itself.
        const target = to === './' || to.endsWith('/') ? join(to, source.split('/').at(-1) ?? '') : to
        put(join(sourceOf(from), source), join(workdir, target))
      }
    }
    if (name === 'RUN') run(text, folder, workdir)
  }
}

/** The base image brings these folders along, and they may be written while the image is made. */
const ofTheImage = /(?<=\s)\/(?:usr\/local\/bin|var\/lib)\//g

function run(command: string, folder: string, cwd: string): void {
  for (const path of ['usr/local/bin', 'var/lib']) mkdirSync(join(folder, path), { recursive: true })
  const here = command.replace(ofTheImage, (path) => join(folder, path, '/'))
  const { NODE_ENV: _, ...inherited } = process.env
  const env = { ...inherited, PATH: `${dirname(process.execPath)}:${process.env.PATH}` }
  execFileSync('sh', ['-c', here], { cwd, env, stdio: ['ignore', 'ignore', 'inherit'] })
}

/** What the base image has: Node, `env` for the first line of a script, and the libraries of C and C++. */
export function addBase(image: string): void {
  for (const [from, to] of [
    [process.execPath, '/usr/local/bin/node'],
    ['/usr/bin/env', '/usr/bin/env'],
  ] as const) {
    mkdirSync(dirname(join(image, to)), { recursive: true })
    copyFileSync(realpathSync(from), join(image, to))
    chmodSync(join(image, to), 0o755)
  }
  const native = filesBelow(join(image, 'opt')).filter((name) => name.endsWith('.node'))
  const needed = execFileSync('ldd', [process.execPath, ...native], { encoding: 'utf8' }).matchAll(/(\/\S+) \(0x/g)
  for (const [, path = ''] of needed) put(realpathSync(path), join(image, path))
  for (const path of ['proc', 'dev']) mkdirSync(join(image, path), { recursive: true })
}

const filesBelow = (folder: string) =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' }).map((name) => join(folder, name))

const last = dockerfile.at(-1) as Stage
const of = (name: string) => textsOf(last, name)[0] ?? ''
const path = ['/usr/local/sbin', '/usr/local/bin', '/usr/sbin', '/usr/bin'].join(':')

/** The variables of a process in the image. */
export const environmentOf = (given: Record<string, string>) => ({ PATH: path, ...readEnv(of('ENV')), ...given })

/**
 * Starts the image's own command as `docker run --read-only` does: as process 1, as its user, with nothing to write to but
 * its volume.
 */
export function startImage(image: string, given: Record<string, string>): ChildProcess {
  const command: string[] = JSON.parse(of('CMD'))
  const volume = join(image, of('VOLUME'))
  const script = [
    `mount --bind ${image} ${image} && mount -o remount,bind,ro ${image}`,
    `mount -t tmpfs -o uid=1000,gid=1000,mode=700 none ${volume} && mount -t proc none ${image}/proc`,
    `exec chroot --userspec=${of('USER')} ${image} ${command.join(' ')}`,
  ].join(' && ')
  // With --kill-child nothing of it stays behind when it is killed from here.
  const words = ['--mount', '--pid', '--fork', '--kill-child', 'sh', '-c', script]
  return spawn('unshare', words, { env: environmentOf(given), stdio: ['ignore', 'pipe', 'pipe'] })
}

/** @returns the process that is number 1 there, as this machine counts. */
export function firstProcessOf({ pid }: ChildProcess): number {
  return Number(readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').trim())
}

/** A command in the image, as `docker exec` runs one. */
export function inImage(image: string, words: string[], given: Record<string, string>): string {
  const all = [`--userspec=${of('USER')}`, image, ...words]
  return execFileSync('chroot', all, { env: environmentOf(given), encoding: 'utf8' })
}
