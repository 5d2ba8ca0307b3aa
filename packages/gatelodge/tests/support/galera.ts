// A cluster of MariaDB with Galera on this machine: each node has its own folder and ports. On Debian, as root, what is
// missing is installed.
import { type ChildProcess, execFileSync, spawn, spawnSync } from 'node:child_process'
import { randomInt } from 'node:crypto'
import { existsSync, mkdirSync, mkdtempSync, openSync, readFileSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { ask } from './databases.ts'
import { have } from './debian.ts'
import { end, findProgram, initialise, untilItAnswers } from './mysql-server.ts'

export interface GaleraNode {
  /** `127.0.0.1:PORT`. */
  host: string
  /** Of its root, without a database. */
  url: string
  /** Gone from one moment to the next. */
  kill(): Promise<void>
  /** It stays connected and does nothing any more. */
  freeze(): void
  thaw(): void
  /** As an operator stops it: the cluster knows before. */
  stop(): Promise<void>
  /** On the same data and at the same port. */
  startAgain(): Promise<void>
}

export interface Galera {
  nodes: GaleraNode[]
  /** Until all nodes belong to it, each with all that the others have. */
  whole(): Promise<void>
  stop(): Promise<void>
}

/** rsync, which copies for a new node, gives the rights of root away: so the nodes run as Debian's own user. */
const asUser = process.getuid?.() === 0 ? ['--user=mysql'] : []

const provider = '/usr/lib/galera/libgalera_smm.so'

// Nothing here has to survive a power cut. All that Galera waits for is as it comes.
const quick = [
  '--innodb-flush-log-at-trx-commit=0',
  '--innodb-buffer-pool-size=32M',
  '--innodb-log-file-size=16M',
  '--max-connections=200',
]

/** @param more options for each server. */
export async function startGalera(size: number, more: string[] = []): Promise<Galera> {
  have(['mariadb-server', 'galera-4', 'rsync'], () => findProgram(['mariadbd']) !== undefined && existsSync(provider))
  return twice(() => startNodes(size, more))
}

async function startNodes(size: number, more: string[]): Promise<Galera> {
  const folder = mkdtempSync(join(tmpdir(), 'gatelodge-galera-'))
  const program = findProgram(['mariadbd']) as string
  const places = await Promise.all(Array.from({ length: size }, (_, at) => placeOf(folder, at)))
  const address = `gcomm://${places.map(({ group }) => `127.0.0.1:${group}`).join(',')}`
  const nodes = places.map((one) => nodeOf(program, [...words(one), ...more], address, one))
  const stop = async () => {
    await Promise.all(nodes.map((one) => one.kill()))
    rmSync(folder, { recursive: true, force: true })
  }
  try {
    initialise(program, (places[0] as Place).data, (places[0] as Place).log)
    if (asUser.length > 0) execFileSync('chown', ['-R', 'mysql', folder])
    // Nobody is there yet: the first one begins the cluster, the others copy it.
    await nodes[0]?.start('--wsrep-new-cluster')
    for (const [at, other] of nodes.slice(1).entries()) {
      await other.start()
      await joined(nodes.slice(0, at + 2))
    }
  } catch (error) {
    await stop()
    throw error
  }
  return { nodes, whole: () => joined(nodes), stop }
}

/** A node needs four ports and the hand of another one: on a busy machine that may fail once. */
async function twice<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (error) {
    console.error(`A start of Galera failed, and is tried again: ${String(error).slice(0, 400)}`)
    return work()
  }
}

interface Place {
  name: string
  folder: string
  data: string
  log: string
  port: number
  group: number
  incremental: number
  copy: number
}

async function placeOf(folder: string, at: number): Promise<Place> {
  const own = join(folder, String(at))
  mkdirSync(join(own, 'data'), { recursive: true })
  const [port = 0, group = 0, incremental = 0, copy = 0] = await Promise.all(Array.from({ length: 4 }, quietPort))
  const files = { folder: own, data: join(own, 'data'), log: join(own, 'log') }
  return { name: `node-${at}`, ...files, port, group, incremental, copy }
}

/** Below those that the system gives to outgoing connections: here a port is still free when a node starts on it. */
async function quietPort(): Promise<number> {
  for (;;) {
    const port = randomInt(15_000, 30_000)
    const isFree = await new Promise<boolean>((resolve) => {
      const server = createServer().once('error', () => resolve(false))
      server.listen(port, '127.0.0.1', () => server.close(() => resolve(true)))
    })
    if (isFree) return port
  }
}

function words({ name, data, port, group, incremental, copy }: Place): string[] {
  const own = `gmcast.listen_addr=tcp://127.0.0.1:${group};ist.recv_addr=127.0.0.1:${incremental};gcache.size=32M`
  return [
    ...['--no-defaults', ...asUser, `--datadir=${data}`, `--port=${port}`, '--bind-address=127.0.0.1', ...quick],
    ...['--socket=s.sock', '--wsrep-on=ON', `--wsrep-provider=${provider}`, '--binlog-format=ROW'],
    ...['--innodb-autoinc-lock-mode=2', '--wsrep-sst-method=rsync', `--wsrep-node-name=${name}`],
    ...[`--wsrep-node-address=127.0.0.1:${group}`, `--wsrep-sst-receive-address=127.0.0.1:${copy}`],
    `--wsrep-provider-options=${own}`,
  ]
}

function nodeOf(program: string, own: string[], address: string, { port, log, data, folder }: Place) {
  const host = `127.0.0.1:${port}`
  const url = `mysql://root@${host}`
  let child: ChildProcess | undefined
  async function start(...more: string[]): Promise<void> {
    const out = openSync(log, 'a')
    const all = [...own, `--wsrep-cluster-address=${address}`, ...more]
    const started = spawn(program, all, { stdio: ['ignore', out, out], env: { ...process.env, TMPDIR: folder } })
    child = started
    const lastResort = () => started.kill('SIGKILL')
    process.once('exit', lastResort)
    started.once('exit', () => process.off('exit', lastResort))
    await untilItAnswers(started, port, log)
  }
  return {
    host,
    url,
    start,
    kill: () => (child ? end(child, 'SIGKILL') : Promise.resolve()),
    freeze: () => void child?.kill('SIGSTOP'),
    thaw: () => void child?.kill('SIGCONT'),
    stop: () => (child ? end(child, 'SIGTERM') : Promise.resolve()),
    startAgain: () => twice(() => start(...recovered(program, own, data))),
  }
}

async function joined(nodes: Pick<GaleraNode, 'url'>[]): Promise<void> {
  const wanted = [`${nodes.length}`, 'Primary', '4']
  const state = async ({ url }: Pick<GaleraNode, 'url'>) => {
    const rows = await ask(url, "show global status like 'wsrep_%'").catch(() => [])
    const value = (name: string) => rows.find(({ Variable_name }) => Variable_name === name)?.Value
    return [value('wsrep_cluster_size'), value('wsrep_cluster_status'), value('wsrep_local_state')]
  }
  for (let waited = 0; waited < 60_000; waited += 100) {
    const states = await Promise.all(nodes.map(state))
    if (states.every((one) => one.join() === wanted.join())) return
    await pause(100)
  }
  throw new Error('The nodes did not join their cluster within a minute.')
}

/** As the Debian service does it: after a crash, the position is in the tables and no longer in the file beside them. */
function recovered(program: string, own: string[], data: string): string[] {
  if (!/seqno:\s*-1/.test(readFileSync(join(data, 'grastate.dat'), 'utf8'))) return []
  const { stdout, stderr } = spawnSync(program, [...own, '--wsrep-recover'], { encoding: 'utf8' })
  const [, position] = /Recovered position:\s*(\S+)/.exec(stderr + stdout) ?? []
  return position ? [`--wsrep-start-position=${position}`] : []
}
