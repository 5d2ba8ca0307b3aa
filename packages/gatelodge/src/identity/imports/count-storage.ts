// How the latest imports stand, for the metrics.
import type { Store } from '../../database/transaction.ts'
import { type ImportState, importRuns, stateOf } from './storage.ts'

const most = 100

/** Of the latest hundred. */
export async function countImports(store: Store, now: number): Promise<Record<ImportState, number>> {
  const counts = { running: 0, stopped: 0, finished: 0 }
  for (const row of await importRuns.latest(store, most)) counts[stateOf(row, now)] += 1
  return counts
}
