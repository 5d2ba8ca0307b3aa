// Log-ins per second beside argon2id alone on all cores: what everything around the hash costs.
import { throughput } from '../load.ts'
import { formClient } from '../people.ts'
import { cpuTimeOf } from '../processes.ts'
import { inTurn, median, ratio } from '../rounds.ts'
import { hashesPerSecond, hashing } from './raw-hashes.ts'
import type { Bench, Figure, Row } from './row.ts'

export const logIns: Row = { name: 'log-ins', measure }

async function measure({ product, people, pace }: Bench): Promise<Figure[]> {
  const clients = await Promise.all(
    people.map(({ email = '', password = '' }) => formClient(product.port, '/login', () => ({ email, password }))),
  )
  const shares: number[] = []
  const { ours, raw } = await inTurn(pace.rounds, {
    async ours() {
      const before = cpuTimeOf(product)
      const rate = await throughput(product.port, clients, 2 * pace.round)
      const after = cpuTimeOf(product)
      shares.push((after.pool - before.pool) / (after.all - before.all))
      return rate
    },
    raw: () => hashesPerSecond(hashing.verify, pace.round),
  })
  return [
    {
      what: 'log-ins / raw argon2id',
      value: ratio(ours, raw),
      goal: { atLeast: 0.85 },
      raw: `${perSecond(ours)} / ${perSecond(raw)} per s`,
    },
    { what: "share of the app's CPU that hashes", value: median(shares), goal: { atLeast: 0.95 } },
  ]
}

const perSecond = (rates: number[]) => median(rates).toFixed(0)
