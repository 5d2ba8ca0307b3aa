// One, two and four copies of the product on one MySQL server: how many log-ins and guarded pages a second, and what each
// costs in processor time of the copies and of the server. The figures stand in docs/running/clusters.md.
import { randomBytes } from 'node:crypto'
import { cpus, totalmem } from 'node:os'
import { type Client, reader, throughput } from '../load.ts'
import { formClient } from '../people.ts'
import { cpuTimeOf, type Server, startProduct, untilAnswered } from '../processes.ts'
import { get } from '../requests.ts'
import { inTurn, median, ratio } from '../rounds.ts'
import type { Bench, Figure, Row } from './row.ts'

export const copies: Row = { name: 'copies', onlyWhenNamed: true, measure }

const counts = [1, 2, 4]

async function measure(bench: Bench): Promise<Figure[]> {
  const { database, databaseUrl, people, sessions } = bench
  // Several copies share a server. An SQLite file is on the disk of one machine.
  if (database.name === 'SQLite') return []
  const secret = randomBytes(32).toString('base64url')
  const all = await Promise.all(
    Array.from({ length: Math.max(...counts) }, () => startProduct(databaseUrl, [], { GATELODGE_SECRET: secret })),
  )
  try {
    for (const copy of all) await untilAnswered(copy, '/health/ready')
    const port = all[0]?.port ?? 0
    const logIns = await Promise.all(
      people.map(({ email = '', password = '' }) => formClient(port, '/login', () => ({ email, password }))),
    )
    const readers = (path: string) => sessions.map((cookie) => reader(get(path, { cookie })))
    const measured = [
      await ofEachCount(bench, all, 'log-in', logIns),
      await ofEachCount(bench, all, '`/forward-auth`', readers('/forward-auth')),
      await ofEachCount(bench, all, '`/account`', readers('/account')),
    ]
    console.log(markdown(bench, measured))
    return measured.flatMap(figures)
  } finally {
    for (const copy of all) await copy.stop()
  }
}

interface Measured {
  what: string
  /** By the number of copies, each round. */
  rates: Record<string, number[]>
  /** Milliseconds for one request, each round. */
  ofCopies: Record<string, number[]>
  ofServer: Record<string, number[]>
}

/** In turn, so that other work of the machine slows all of them. Copies that get no requests cost next to nothing. */
async function ofEachCount(bench: Bench, all: Server[], what: string, clients: Client[]): Promise<Measured> {
  const ofCopies = forEachCount((): number[] => [])
  const ofServer = forEachCount((): number[] => [])
  const processorTime = () => ({
    copies: all.reduce((sum, copy) => sum + cpuTimeOf(copy).all, 0),
    server: bench.database.processorTime(),
  })
  const round = async (count: number) => {
    const before = processorTime()
    const started = performance.now()
    const rate = await onCopies(all.slice(0, count), clients, 2 * bench.pace.round)
    const answered = (rate * (performance.now() - started)) / 1000
    const after = processorTime()
    ofCopies[count]?.push((after.copies - before.copies) / answered)
    ofServer[count]?.push((after.server - before.server) / answered)
    return rate
  }
  const rates = await inTurn(
    bench.pace.rounds,
    forEachCount((count) => () => round(count)),
  )
  return { what, rates, ofCopies, ofServer }
}

const forEachCount = <T>(make: (count: number) => T) => Object.fromEntries(counts.map((count) => [count, make(count)]))

/** The clients in turn to each copy, as a balancer would send them. */
async function onCopies(some: Server[], clients: Client[], duration: number): Promise<number> {
  const share = (at: number) => clients.filter((_, index) => index % some.length === at)
  const rates = await Promise.all(some.map(({ port }, at) => throughput(port, share(at), duration)))
  return rates.reduce((sum, rate) => sum + rate, 0)
}

function figures({ what, rates }: Measured): Figure[] {
  return counts.slice(1).map((count) => ({
    what: `${what}, ${count} copies / 1`,
    value: ratio(rates[count] ?? [], rates[1] ?? []),
    raw: `${perSecond(rates[count])} / ${perSecond(rates[1])} per s`,
  }))
}

/** To be pasted into docs/running/clusters.md. */
function markdown({ database: { version }, pace }: Bench, measured: Measured[]): string {
  const times = (by: Record<string, number[]>) => counts.map((count) => milliseconds(by[count])).join(' / ')
  const rows = measured.map(({ what, rates, ofCopies, ofServer }) => {
    const perCount = counts.map((count) => perSecond(rates[count]))
    return `| ${[what, ...perCount, times(ofCopies), times(ofServer)].join(' | ')} |`
  })
  const heads = ['', ...counts.map((count) => `a second, ${count} ${count === 1 ? 'copy' : 'copies'}`)]
  const behind = ['ms of processor time of Gatelodge for one', 'ms of the database server']
  return [
    `${machine()}; ${version} and the load on the same machine; ${pace.rounds} rounds of ${(2 * pace.round) / 1000} s.`,
    '',
    `| ${[...heads, ...behind].join(' | ')} |`,
    `| --- |${' --- |'.repeat(counts.length + 2)}`,
    ...rows,
  ].join('\n')
}

function machine(): string {
  const memory = Math.round(totalmem() / 1024 ** 3)
  return `${cpus().length} cores (${cpus()[0]?.model.trim()}), ${memory} GiB, Node ${process.versions.node}`
}

const perSecond = (rates: number[] = []) => median(rates).toFixed(0)

function milliseconds(times: number[] = []): string {
  const ms = median(times)
  return Number.isNaN(ms) ? '?' : ms.toFixed(ms < 1 ? 3 : 1)
}
