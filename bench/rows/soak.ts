// Ten minutes of everything at once: memory that is lost with each request would show here.
import { setTimeout as pause } from 'node:timers/promises'
import { reader, throughput } from '../load.ts'
import { formClient } from '../people.ts'
import { memoryOf } from '../processes.ts'
import { get } from '../requests.ts'
import { median } from '../rounds.ts'
import type { Bench, Figure, Row } from './row.ts'

export const soak: Row = { name: 'soak', onlyWhenNamed: true, measure }

const minute = 60_000
/** Until then the engine still compiles, and fills what it keeps for good. */
const settling = 3
const minutes = 10

async function measure({ product, people, sessions }: Bench): Promise<Figure[]> {
  const { port } = product
  const forms = people.map(({ email = '', password = '' }) => formClient(port, '/login', () => ({ email, password })))
  const readers = sessions.slice(0, 2).map((cookie) => reader(get('/account', { cookie })))
  const visitors = [reader(get('/login')), reader(get('/register'))]
  const crowd = [...(await Promise.all(forms.slice(0, 4))), ...readers, ...visitors]

  const load = throughput(port, crowd, (settling + minutes) * minute)
  await pause(settling * minute)
  const seen: number[] = []
  for (let second = 0; second < minutes * 60; second += 1) {
    seen.push(memoryOf(product))
    await pause(1_000)
  }
  await load
  const [early, late] = [median(seen.slice(0, 120)), median(seen.slice(-120))]
  return [
    {
      what: `growth of memory in ${minutes} minutes`,
      value: late - early,
      unit: ' MB',
      // The collector's own ups and downs.
      goal: { atMost: 5 },
      raw: `from ${early.toFixed(0)} to ${late.toFixed(0)} MB`,
    },
  ]
}
