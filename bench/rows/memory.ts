// What the product keeps in memory after everything that was measured before this.
import { memoryOf } from '../processes.ts'
import type { Bench, Figure, Row } from './row.ts'

export const memory: Row = { name: 'memory', measure }

async function measure({ product }: Bench): Promise<Figure[]> {
  return [{ what: 'memory after load', value: memoryOf(product), unit: ' MB', goal: { atMost: 150 } }]
}
