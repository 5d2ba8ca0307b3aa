// Registrations per second beside argon2id alone, on all cores and on all but one.
import { throughput } from '../load.ts'
import { formClient, someone } from '../people.ts'
import { inTurn, median, ratio } from '../rounds.ts'
import { cores, hashesPerSecond, hashing, ourShare } from './raw-hashes.ts'
import type { Bench, Figure, Row } from './row.ts'

export const registrations: Row = { name: 'registrations', measure }

async function measure({ product, people, pace }: Bench): Promise<Figure[]> {
  const clients = await Promise.all(people.map(() => formClient(product.port, '/register', someone)))
  const { ours, raw, share } = await inTurn(Math.ceil(pace.rounds / 2), {
    ours: () => throughput(product.port, clients, 2 * pace.round),
    raw: () => hashesPerSecond(hashing.hash, cores, pace.round),
    share: () => hashesPerSecond(hashing.hash, ourShare, pace.round),
  })
  const against = (hashes: number[], what: string): Figure => ({
    what,
    value: ratio(ours, hashes),
    goal: { atLeast: 0.85 },
    raw: `${perSecond(ours)} / ${perSecond(hashes)} per s`,
  })
  return [
    against(raw, 'registrations / raw argon2id, all cores'),
    against(share, 'registrations / raw argon2id, all cores but one'),
  ]
}

const perSecond = (rates: number[]) => median(rates).toFixed(0)
