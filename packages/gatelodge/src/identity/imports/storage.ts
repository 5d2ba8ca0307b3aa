// Imports that run or ran: the command writes how far it is, the console reads it.
import type { ImportRow } from '../../database/schema.ts'
import type { Store } from '../../database/transaction.ts'
import { minutes } from '../../time.ts'

const batch = 1_000
/** One that runs says so every ten seconds. */
const silence = minutes(1)

/** `stopped`: before its end, by a failure or a kill. */
export type ImportState = 'running' | 'stopped' | 'finished'

export function stateOf({ is_whole, ended_at, seen_at }: ImportRow, now: number): ImportState {
  if (Number(is_whole) === 1) return 'finished'
  return ended_at !== null || now - Number(seen_at) > silence ? 'stopped' : 'running'
}

/** How far one is. */
export type ImportProgress = Pick<ImportRow, 'rows_read' | 'share' | 'imported' | 'rejected'>

export const importRuns = {
  async begin(store: Store, { id, source, system, started_at }: ImportBegun): Promise<void> {
    const nothing = { rows_read: 0, share: 0, imported: 0, rejected: 0 }
    const row = { id, source, system, started_at, seen_at: started_at, ...nothing, ended_at: null, is_whole: 0 }
    await store.insertInto('gatelodge_imports').values(row).execute()
  },

  /** @param progress undefined: it is alive, and no further. */
  async note(store: Store, id: Buffer, now: number, progress?: ImportProgress): Promise<void> {
    await store
      .updateTable('gatelodge_imports')
      .set({ seen_at: now, ...progress })
      .where('id', '=', id)
      .execute()
  },

  async end(store: Store, id: Buffer, now: number, isWhole: boolean): Promise<void> {
    const set = { seen_at: now, ended_at: now, is_whole: isWhole ? 1 : 0 }
    await store.updateTable('gatelodge_imports').set(set).where('id', '=', id).execute()
  },

  /** The newest in front. @param before the id of the last one on the page before. */
  async latest(store: Store, most: number, before?: Buffer): Promise<ImportRow[]> {
    return store
      .selectFrom('gatelodge_imports')
      .selectAll()
      .$if(before !== undefined, (query) => query.where('id', '<', before as Buffer))
      .orderBy('id', 'desc')
      .limit(most)
      .execute()
  },

  /** Some of those that were last alive before that moment. @returns how many. */
  async purge(store: Store, before: number): Promise<number> {
    const rows = await store
      .selectFrom('gatelodge_imports')
      .select('id')
      .where('seen_at', '<', before)
      .limit(batch)
      .execute()
    const ids = rows.map(({ id }) => id)
    if (ids.length > 0) await store.deleteFrom('gatelodge_imports').where('id', 'in', ids).execute()
    return ids.length
  },
}

type ImportBegun = Pick<ImportRow, 'id' | 'source' | 'system' | 'started_at'>
