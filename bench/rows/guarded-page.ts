// The check of a session and the page of someone who is logged in, beside a server that only looks the session up.
import { reader, throughput } from '../load.ts'
import { startBare } from '../processes.ts'
import { get } from '../requests.ts'
import { inTurn, median, ratio } from '../rounds.ts'
import type { Bench, Figure, Goal, Row } from './row.ts'

export const guardedPage: Row = { name: 'guarded-page', measure }

async function measure(bench: Bench): Promise<Figure[]> {
  const bare = await startBare('bare-select.ts', bench.databaseUrl)
  const all = bench.sessions.length
  const check = bench.database.name === 'SQLite' ? 1.2 : 1.5
  try {
    return [
      await compare(bench, bare.port, { path: '/forward-auth', connections: all, goal: { atLeast: check } }),
      await compare(bench, bare.port, { path: '/account', connections: all, goal: { atLeast: 0.6 } }),
      await compare(bench, bare.port, { path: '/account', connections: 1 }),
    ]
  } finally {
    await bare.stop()
  }
}

interface Asked {
  path: string
  connections: number
  goal?: Goal
}

async function compare(
  { product, sessions, pace }: Bench,
  barePort: number,
  { path, connections, goal }: Asked,
): Promise<Figure> {
  const clients = sessions.slice(0, connections).map((cookie) => reader(get(path, { cookie })))
  const { ours, bare } = await inTurn(pace.rounds, {
    ours: () => throughput(product.port, clients, pace.round),
    bare: () => throughput(barePort, clients, pace.round),
  })
  return {
    what: `${path} / bare SELECT, ${connections} connection${connections > 1 ? 's' : ''}`,
    value: ratio(ours, bare),
    ...(goal && { goal }),
    raw: `${median(ours).toFixed(0)} / ${median(bare).toFixed(0)} per s`,
  }
}
