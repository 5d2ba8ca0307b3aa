// Imports that run or ran. The command `gatelodge import` does them. Knows no HTTP and no SQL.
import type { ImportRow } from '../../database/schema.ts'
import { idFrom } from '../../identity/ids.ts'
import { type ImportState, importRuns, stateOf } from '../../identity/imports/storage.ts'
import type { Services } from '../../services.ts'
import { days, type Milliseconds } from '../../time.ts'

/** Imports on one page. */
const pageSize = 25
const kept = days(90)

export interface ListedImport {
  id: Buffer
  source: string
  /** Empty: it has the columns of our own. */
  system: string
  state: ImportState
  at: number
  rows: number
  /** Rows in all, as far as one can tell before the end; undefined: nothing is known yet. */
  total: number | undefined
  imported: number
  rejected: number
  /** Rows a second. */
  rate: number
  /** Of one that runs; undefined: nothing is known yet. */
  left: Milliseconds | undefined
}

type Needs = Pick<Services, 'database' | 'clock'>

/** The newest in front. @param before the id of the last one on the page before; anything else begins at the top. */
export async function pageOfImports({ database, clock }: Needs, before = '') {
  const rows = await importRuns.latest(database.db, pageSize + 1, idFrom(before))
  const imports = rows.slice(0, pageSize).map((row) => listed(row, clock.now()))
  return { imports, next: rows.length > pageSize ? imports.at(-1)?.id : undefined }
}

function listed(row: ImportRow, now: number): ListedImport {
  const [at, seenAt, rows] = [Number(row.started_at), Number(row.seen_at), Number(row.rows_read)]
  const elapsed = Math.max(1, seenAt - at)
  const share = Number(row.share) / 10_000
  const state = stateOf(row, now)
  return {
    ...{ id: row.id, source: row.source, system: row.system, state, at, rows },
    total: state === 'finished' ? rows : share > 0 ? Math.max(rows, Math.round(rows / share)) : undefined,
    ...{ imported: Number(row.imported), rejected: Number(row.rejected) },
    rate: Math.round((rows * 1_000) / elapsed),
    left: state === 'running' && share > 0 ? Math.round((elapsed / share) * (1 - share)) : undefined,
  }
}

export function purgeImports({ database, clock }: Needs): Promise<number> {
  return importRuns.purge(database.db, clock.now() - kept)
}
