// How far an import is, as a row: the console shows it, and that it stopped where the program was killed.
import { newId } from '../../identity/ids.ts'
import { importRuns } from '../../identity/imports/storage.ts'
import { printable } from '../../printable.ts'
import type { Services } from '../../services.ts'
import { seconds } from '../../time.ts'

export interface StoredProgress {
  /** @param share of the whole, from 0 to 1. */
  at(counts: { rows: number; imported: number }, share: number, rejected: number): Promise<void>
  /** @param isWhole whether the source was read to its end. */
  end(isWhole: boolean): Promise<void>
}

/** It is written so often where it moves on, and where hashes take their time. */
const every = seconds(1)
const alive = seconds(10)
/** Characters of the name of a file or table. */
const longestSource = 255

/** @param source as it was named. @param system the preset. */
export async function storeProgress(
  { database: { db }, clock }: Pick<Services, 'database' | 'clock'>,
  source: string,
  system: string,
): Promise<StoredProgress> {
  const id = newId()
  const name = printable(source).slice(-longestSource).toWellFormed()
  await importRuns.begin(db, { id, source: name, system, started_at: clock.now() })
  // Best effort: the accounts count, and not how far they are.
  const beats = setInterval(() => void importRuns.note(db, id, clock.now()).catch(() => {}), alive)
  beats.unref()
  let last = 0
  let known = () => Promise.resolve()
  return {
    async at({ rows, imported }, share, rejected) {
      const progress = { rows_read: rows, share: Math.round(share * 10_000), imported, rejected }
      known = () => importRuns.note(db, id, clock.now(), progress).catch(() => {})
      if (clock.now() - last < every) return
      last = clock.now()
      await known()
    },
    async end(isWhole) {
      clearInterval(beats)
      await known()
      await importRuns.end(db, id, clock.now(), isWhole).catch(() => {})
    },
  }
}
