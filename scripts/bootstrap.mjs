// Makes a fresh clone ready, and costs next to nothing afterwards: installs what the lock file asks for when it
// changed, builds when a source changed. Plain JavaScript for Node 20 without dependencies, because it runs before
// there are any.
import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('..', import.meta.url))
const product = join(root, 'packages/gatelodge')
const bundledNode = join(root, 'node_modules/.bin/node')
const lock = join(root, '.bootstrap')

const installStamp = join(root, 'node_modules/.gatelodge-stamp')
const buildStamp = join(product, 'dist/.stamp')

if (!isFresh()) {
  await takeLock()
  try {
    if (read(installStamp) !== wantedInstall()) install()
    if (read(buildStamp) !== wantedBuild()) build()
  } finally {
    rmSync(lock, { recursive: true, force: true })
  }
}

function isFresh() {
  return read(installStamp) === wantedInstall() && read(buildStamp) === wantedBuild()
}

function install() {
  say('Installing what is missing (only now, about half a minute) ...')
  // --ignore-scripts: nothing that a package brings along runs on this machine.
  const npm = process.env.npm_execpath
  const words = ['ci', '--ignore-scripts', '--loglevel=error']
  run(npm ? process.execPath : 'npm', npm ? [npm, ...words] : words, ['ignore', 'ignore', 'inherit'])
  if (existsSync(bundledNode) && spawnSync(bundledNode, ['--version']).status !== 0) {
    // A Linux without glibc (Alpine) cannot run the bundled Node; without it npm finds the machine's own.
    rmSync(bundledNode)
  }
  if (!existsSync(bundledNode) && Number(process.versions.node.split('.')[0]) < 24) {
    fail(
      `Gatelodge runs on Node 24 or later and no bundled one fits this machine; this is Node ${process.versions.node}.`,
    )
  }
  writeFileSync(installStamp, wantedInstall())
}

function build() {
  run(
    existsSync(bundledNode) ? bundledNode : process.execPath,
    [join(product, 'build.mjs')],
    ['ignore', 'inherit', 'inherit'],
  )
  writeFileSync(buildStamp, wantedBuild())
}

function wantedInstall() {
  const hash = createHash('sha256').update(readFileSync(join(root, 'package-lock.json')))
  return hash.update(`${process.platform}-${process.arch}`).digest('hex')
}

function wantedBuild() {
  const hash = createHash('sha256').update(wantedInstall())
  const files = ['build.mjs', 'tsconfig.json', 'package.json'].map((name) => join(product, name))
  for (const file of [...files, ...filesBelow(join(product, 'src'))]) {
    const { mtimeMs, size } = statSync(file)
    hash.update(`${file}\0${mtimeMs}\0${size}\n`)
  }
  return hash.digest('hex')
}

function filesBelow(folder) {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath ?? entry.path, entry.name))
    .sort()
}

/** Two commands started together must not install into one folder: the second waits for the first. */
async function takeLock() {
  for (;;) {
    try {
      mkdirSync(lock)
      writeFileSync(join(lock, 'pid'), String(process.pid))
      return
    } catch (error) {
      if (error.code !== 'EEXIST') throw error
      if (!isAlive(read(join(lock, 'pid')))) rmSync(lock, { recursive: true, force: true })
      else await new Promise((resolve) => setTimeout(resolve, 200))
    }
  }
}

function isAlive(pid) {
  // No pid yet: anyone who made the folder is about to write it.
  if (pid === '') return Date.now() - (statSync(lock, { throwIfNoEntry: false })?.mtimeMs ?? 0) < 2_000
  try {
    return process.kill(Number(pid), 0)
  } catch (error) {
    return error.code === 'EPERM'
  }
}

function run(command, words, stdio) {
  const result = spawnSync(command, words, {
    cwd: root,
    stdio,
    shell: process.platform === 'win32' && command === 'npm',
  })
  if (result.status !== 0) fail(`"${[command, ...words].join(' ')}" did not succeed; what it said stands above.`)
}

function read(file) {
  try {
    return readFileSync(file, 'utf8')
  } catch {
    return ''
  }
}

function say(line) {
  process.stderr.write(`${line}\n`)
}

function fail(line) {
  say(line)
  rmSync(lock, { recursive: true, force: true })
  process.exit(1)
}
