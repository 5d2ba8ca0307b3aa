// How long a page takes while many people log in without pause, beside a quiet moment.
import { type Client, latencies, reader, throughput } from '../load.ts'
import { formClient } from '../people.ts'
import { get } from '../requests.ts'
import { inTurn, median, quantile, ratio } from '../rounds.ts'
import type { Bench, Figure, Row } from './row.ts'

export const underLoad: Row = { name: 'under-load', measure }

/** One request every few milliseconds: a visitor among many, not a load of its own. */
const every = 4

async function measure({ product, people, sessions, pace }: Bench): Promise<Figure[]> {
  const page = reader(get('/account', { cookie: sessions[0] ?? '' }))
  const crowd = await Promise.all(
    people.map(({ email = '', password = '' }) => formClient(product.port, '/login', () => ({ email, password }))),
  )
  const { idle, busy } = await inTurn(pace.rounds, {
    idle: () => slowest(product.port, page, pace.round),
    async busy() {
      const logIns = throughput(product.port, crowd, 2 * pace.round)
      const p99 = await slowest(product.port, page, 2 * pace.round)
      await logIns
      return p99
    },
  })
  const raw = `${median(busy).toFixed(1)} / ${median(idle).toFixed(1)} ms`
  return [
    { what: 'p99 of /account, 16 log in / idle', value: ratio(busy, idle), goal: { atMost: 2 }, raw },
    { what: 'p99 of /account, 16 log in', value: median(busy), unit: ' ms', goal: { atMost: 10 } },
  ]
}

async function slowest(port: number, page: Client, duration: number): Promise<number> {
  return quantile(await latencies(port, page, every, duration), 0.99)
}
