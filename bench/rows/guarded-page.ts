// The page of someone who is logged in, beside a server that only looks the session up.
import { reader, throughput } from '../load.ts'
import { startBare } from '../processes.ts'
import { get } from '../requests.ts'
import { inTurn, median, ratio } from '../rounds.ts'
import type { Bench, Figure, Row } from './row.ts'

export const guardedPage: Row = { name: 'guarded-page', measure }

async function measure(bench: Bench): Promise<Figure[]> {
  const bare = await startBare('bare-select.ts', bench.databaseUrl)
  try {
    return [await compare(bench, bare.port, bench.sessions.length, 1.2), await compare(bench, bare.port, 1, 0.8)]
  } finally {
    await bare.stop()
  }
}

async function compare(
  { product, sessions, pace }: Bench,
  barePort: number,
  connections: number,
  goal: number,
): Promise<Figure> {
  const clients = sessions.slice(0, connections).map((cookie) => reader(get('/account', { cookie })))
  const { ours, bare } = await inTurn(pace.rounds, {
    ours: () => throughput(product.port, clients, pace.round),
    bare: () => throughput(barePort, clients, pace.round),
  })
  return {
    what: `/account / bare SELECT, ${connections} connection${connections > 1 ? 's' : ''}`,
    value: ratio(ours, bare),
    goal: { atLeast: goal },
    raw: `${median(ours).toFixed(0)} / ${median(bare).toFixed(0)} per s`,
  }
}
