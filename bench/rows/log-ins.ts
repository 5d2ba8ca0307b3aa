// Log-ins per second beside argon2id alone, on all cores and on all but one: what everything around the hash costs.
import { throughput } from '../load.ts'
import { formClient } from '../people.ts'
import { cpuTimeOf } from '../processes.ts'
import { inTurn, median, ratio } from '../rounds.ts'
import { cores, hashesPerSecond, hashing, ourShare } from './raw-hashes.ts'
import type { Bench, Figure, Row } from './row.ts'

export const logIns: Row = { name: 'log-ins', measure }

async function measure({ product, people, pace }: Bench): Promise<Figure[]> {
  const clients = await Promise.all(
    people.map(({ email = '', password = '' }) => formClient(product.port, '/login', () => ({ email, password }))),
  )
  const shares: number[] = []
  const { ours, raw, share } = await inTurn(pace.rounds, {
    async ours() {
      const before = cpuTimeOf(product)
      const rate = await throughput(product.port, clients, 2 * pace.round)
      const after = cpuTimeOf(product)
      shares.push((after.pool - before.pool) / (after.all - before.all))
      return rate
    },
    raw: () => hashesPerSecond(hashing.verify, cores, pace.round),
    share: () => hashesPerSecond(hashing.verify, ourShare, pace.round),
  })
  const against = (hashes: number[], what: string): Figure => ({
    what,
    value: ratio(ours, hashes),
    goal: { atLeast: 0.85 },
    raw: `${perSecond(ours)} / ${perSecond(hashes)} per s`,
  })
  return [
    against(raw, 'log-ins / raw argon2id, all cores'),
    against(share, 'log-ins / raw argon2id, all cores but one'),
    { what: "share of the app's CPU that hashes", value: median(shares), goal: { atLeast: 0.95 } },
  ]
}

const perSecond = (rates: number[]) => median(rates).toFixed(0)
