// A real MySQL or MariaDB for the tests: the one in TEST_MYSQL_URL, or a private one from the machine's own program, with
// its own data folder and a free port, gone afterwards. Where there is none it is installed (Debian, root) or asked for.
import { type ChildProcess, execFileSync, spawn } from 'node:child_process'
import { randomInt } from 'node:crypto'
import { existsSync, mkdtempSync, openSync, readFileSync, rmSync } from 'node:fs'
import { connect, createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import type { TestProject } from 'vitest/node'

declare module 'vitest' {
  export interface ProvidedContext {
    /** Where databases for tests may be made: `mysql://root@127.0.0.1:PORT`. */
    mysqlUrl: string
  }
}

export default async function setup(project: TestProject): Promise<(() => Promise<void>) | undefined> {
  const given = process.env.TEST_MYSQL_URL
  if (given) {
    project.provide('mysqlUrl', given.replace(/\/$/, ''))
    return undefined
  }
  const server = await startServer()
  project.provide('mysqlUrl', server.url)
  return server.stop
}

export interface PrivateServer {
  url: string
  /** Gone from one moment to the next, as when the machine kills it. */
  kill(): Promise<void>
  /** Again, on the same data and at the same port. */
  startAgain(): Promise<void>
  stop(): Promise<void>
}

/** @throws {Error} where no server can be had: a sentence that says what to do. */
export async function startServer(options: string[] = []): Promise<PrivateServer> {
  const program = findProgram() ?? install()
  const folder = mkdtempSync(join(tmpdir(), 'gatelodge-mysql-'))
  const data = join(folder, 'data')
  const port = await freePort()
  initialise(program, data, join(folder, 'log'))
  const log = join(folder, 'log')
  let child = await serve(program, { data, port, log, options })
  return {
    url: `mysql://root@127.0.0.1:${port}`,
    kill: () => end(child, 'SIGKILL'),
    async startAgain() {
      child = await serve(program, { data, port, log, options })
    },
    async stop() {
      await end(child, 'SIGTERM')
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

interface Place {
  data: string
  port: number
  log: string
  options: string[]
}

// Nothing here has to survive a power cut.
const quick = [
  '--innodb-flush-log-at-trx-commit=0',
  '--skip-log-bin',
  '--innodb-buffer-pool-size=64M',
  '--max-connections=300',
]

async function serve(program: string, { data, port, log, options }: Place): Promise<ChildProcess> {
  const words = ['--no-defaults', ...asRoot, `--datadir=${data}`, `--port=${port}`, '--bind-address=127.0.0.1']
  const out = openSync(log, 'a')
  const child = spawn(program, [...words, '--socket=s.sock', ...quick, ...options], { stdio: ['ignore', out, out] })
  const lastResort = () => child.kill('SIGKILL')
  process.once('exit', lastResort)
  child.once('exit', () => process.off('exit', lastResort))
  await untilItAnswers(child, port, log)
  return child
}

export async function end(child: ChildProcess, signal: 'SIGTERM' | 'SIGKILL'): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return
  const ended = new Promise((resolve) => child.once('exit', resolve))
  child.kill(signal)
  // Without `ref: false` anyone who runs the tests would wait for this timer, too.
  await Promise.race([ended, pause(10_000, undefined, { ref: false }).then(() => child.kill('SIGKILL'))])
}

export const asRoot = process.getuid?.() === 0 ? ['--user=root'] : []

export function findProgram(names = ['mariadbd', 'mysqld']): string | undefined {
  const folders = [...(process.env.PATH ?? '').split(delimiter), '/usr/sbin', '/usr/local/sbin', '/opt/homebrew/bin']
  return names.flatMap((name) => folders.map((folder) => join(folder, name))).find((path) => existsSync(path))
}

function install(): string {
  const isDebianRoot = existsSync('/etc/debian_version') && asRoot.length > 0
  if (isDebianRoot) {
    console.error('Installing mariadb-server for the tests (once) ...')
    // RUNLEVEL=1: the package's own service is not started.
    const env = { ...process.env, RUNLEVEL: '1', DEBIAN_FRONTEND: 'noninteractive' }
    execFileSync('apt-get', ['-qq', 'update'], { stdio: 'ignore', env })
    execFileSync('apt-get', ['-qq', '-y', '--no-install-recommends', 'install', 'mariadb-server'], {
      stdio: 'ignore',
      env,
    })
  }
  const program = findProgram()
  if (program) return program
  throw new Error(
    'The tests need a real MySQL or MariaDB: install mariadb-server or mysql-server, or set TEST_MYSQL_URL=mysql://user:password@host:port of one that may create databases.',
  )
}

export function initialise(program: string, data: string, log: string): void {
  const out = openSync(log, 'a')
  const stdio: ['ignore', number, number] = ['ignore', out, out]
  if (program.endsWith('mysqld')) {
    execFileSync(program, ['--no-defaults', ...asRoot, '--initialize-insecure', `--datadir=${data}`], { stdio })
  } else {
    const words = [
      '--no-defaults',
      ...asRoot,
      `--datadir=${data}`,
      '--skip-test-db',
      '--auth-root-authentication-method=normal',
    ]
    const install = () => execFileSync('mariadb-install-db', words, { stdio })
    try {
      install()
    } catch {
      // On a machine with much else to do it has failed once.
      rmSync(data, { recursive: true, force: true })
      install()
    }
  }
}

export async function untilItAnswers(child: ChildProcess, port: number, log: string): Promise<void> {
  for (let waited = 0; waited < 60_000; waited += 100) {
    if (child.exitCode !== null || child.signalCode !== null)
      throw new Error(`The database server for the tests ended:\n${readFileSync(log, 'utf8').slice(-2000)}`)
    if (await answers(port)) return
    await pause(100)
  }
  throw new Error('The database server for the tests did not answer within a minute.')
}

/** The server greets anyone who connects. */
function answers(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1')
    const end = (result: boolean) => {
      socket.destroy()
      resolve(result)
    }
    socket.once('data', () => end(true)).once('error', () => end(false))
  })
}

/**
 * A port at which nothing listens. Not one of those that a system gives away by itself: a connection that another test opens
 * could have it a moment later.
 */
export function freePort(): Promise<number> {
  const port = randomInt(12_000, 30_000)
  return new Promise((resolve) => {
    const server = createServer().once('error', () => resolve(freePort()))
    server.listen(port, '127.0.0.1', () => server.close(() => resolve(port)))
  })
}
