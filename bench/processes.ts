// The servers that are measured, each a process of its own; and what the system knows of them.
import { type ChildProcess, fork, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { freePort } from '../packages/gatelodge/tests/support/mysql-server.ts'
import { Connection } from './connection.ts'
import { get } from './requests.ts'

export interface Server {
  port: number
  process: ChildProcess
  stop(): Promise<void>
}

const product = fileURLToPath(new URL('../packages/gatelodge/dist/cli/main.js', import.meta.url))

/** `{ GATELODGE_HASH_PARALLEL: '2' }` */
type Environment = Record<string, string>

/** The built product, as in production: every request is logged (to nowhere). Not yet listening. */
export async function startProduct(
  databaseUrl: string,
  preload: string[] = [],
  settings: Environment = {},
): Promise<Server> {
  const folder = mkdtempSync(join(tmpdir(), 'gatelodge-bench-data-'))
  const port = await freePort()
  const environment = {
    PATH: process.env.PATH,
    NODE_ENV: 'production',
    PORT: String(port),
    DATABASE_URL: databaseUrl,
    GATELODGE_BASE_URL: 'http://localhost:3000',
    GATELODGE_DATA_DIR: folder,
    // Everyone here comes from one client address.
    GATELODGE_REGISTRATIONS_PER_ADDRESS: '100000',
    ...settings,
    ...settingsFromOutside(),
  }
  const child = spawn(process.execPath, [...preload.flatMap((file) => ['--import', file]), product, 'serve'], {
    cwd: folder,
    env: environment,
    stdio: ['ignore', 'ignore', 'inherit', ...(preload.length > 0 ? (['ipc'] as const) : [])],
  })
  return {
    port,
    process: child,
    async stop() {
      await end(child)
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

/** One command of the built product. @returns what it has printed, once it has ended. */
export function startCommand(words: string[], databaseUrl: string, folder: string) {
  const env = { PATH: process.env.PATH, DATABASE_URL: databaseUrl, GATELODGE_DATA_DIR: folder }
  const child = spawn(process.execPath, [product, ...words], { cwd: folder, env, stdio: ['ignore', 'pipe', 'pipe'] })
  let said = ''
  let wrong = ''
  child.stdout.on('data', (data) => (said += data))
  child.stderr.on('data', (data) => (wrong += data))
  const ended = once(child, 'close').then(([code]) => {
    if (code !== 0) throw new Error(`gatelodge ${words.join(' ')}: ${wrong}`)
    return said
  })
  return { process: child, ended }
}

/** The least that can be started, from a command like the product's. Not yet listening. */
export async function startBareHttp(): Promise<Server> {
  const port = await freePort()
  const file = fileURLToPath(new URL('servers/bare-http.mjs', import.meta.url))
  const env = { PATH: process.env.PATH, NODE_ENV: 'production', PORT: String(port) }
  const child = spawn(process.execPath, [file], { env, stdio: ['ignore', 'ignore', 'inherit'] })
  return { port, process: child, stop: () => end(child) }
}

const patience = 60_000

/** Until that page is there. */
export async function untilAnswered({ port, process: child }: Server, path: string): Promise<void> {
  const started = performance.now()
  while (!(await isAnswered(port, path))) {
    if (child.exitCode !== null || child.signalCode !== null) throw new Error('the product ended before it answered')
    if (performance.now() - started > patience) throw new Error(`${path} did not answer 200 within a minute`)
    await pause(4)
  }
}

async function isAnswered(port: number, path: string): Promise<boolean> {
  try {
    const connection = await Connection.open(port)
    const { status } = await connection.send(get(path))
    connection.close()
    return status === 200
  } catch {
    return false
  }
}

/** `GATELODGE_HASH_PARALLEL=2 npm run bench` measures the product with that setting. */
function settingsFromOutside() {
  return Object.fromEntries(Object.entries(process.env).filter(([name]) => name.startsWith('GATELODGE_')))
}

/** One of the bare servers beside this file; it prints its port once it listens. */
export async function startBare(file: string, ...words: string[]): Promise<Server> {
  const child = fork(fileURLToPath(new URL(`servers/${file}`, import.meta.url)), words)
  const [port] = await once(child, 'message')
  return { port: port as number, process: child, stop: () => end(child) }
}

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return
  const ended = once(child, 'exit')
  child.kill('SIGTERM')
  await ended
}

/** Resident memory in MiB; NaN where the system does not say. */
export function memoryOf({ process: { pid } }: Pick<Server, 'process'>): number {
  return Number(/VmRSS:\s+(\d+)/.exec(read(`/proc/${pid}/status`))?.[1] ?? Number.NaN) / 1024
}

export interface CpuTime {
  /** Milliseconds of all threads. */
  all: number
  /** Of libuv's pool, where the passwords are hashed and hardly anything else happens. */
  pool: number
}

/** Processor time that a process has used so far; NaN where the system does not say. */
export function cpuTimeOf({ process: { pid } }: Server): CpuTime {
  const tasks = `/proc/${pid}/task`
  const time: CpuTime = { all: 0, pool: 0 }
  for (const task of list(tasks)) {
    const spent = Number(read(`${tasks}/${task}/schedstat`).split(' ')[0]) / 1e6
    time.all += spent
    if (read(`${tasks}/${task}/comm`).startsWith('libuv-worker')) time.pool += spent
  }
  return time.all > 0 ? time : { all: Number.NaN, pool: Number.NaN }
}

function list(folder: string): string[] {
  try {
    return readdirSync(folder)
  } catch {
    return []
  }
}

function read(file: string): string {
  try {
    return readFileSync(file, 'utf8')
  } catch {
    return ''
  }
}
