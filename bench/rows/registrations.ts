// Registrations per second beside argon2id alone on all cores.
import { throughput } from '../load.ts'
import { formClient, somebody } from '../people.ts'
import { inTurn, median, ratio } from '../rounds.ts'
import { hashesPerSecond, hashing } from './raw-hashes.ts'
import type { Bench, Figure, Row } from './row.ts'

export const registrations: Row = { name: 'registrations', measure }

async function measure({ product, people, pace }: Bench): Promise<Figure[]> {
  const clients = await Promise.all(people.map(() => formClient(product.port, '/register', somebody)))
  const { ours, raw } = await inTurn(Math.ceil(pace.rounds / 2), {
    ours: () => throughput(product.port, clients, 2 * pace.round),
    raw: () => hashesPerSecond(hashing.hash, pace.round),
  })
  return [
    {
      what: 'registrations / raw argon2id',
      value: ratio(ours, raw),
      goal: { atLeast: 0.85 },
      raw: `${median(ours).toFixed(0)} / ${median(raw).toFixed(0)} per s`,
    },
  ]
}
