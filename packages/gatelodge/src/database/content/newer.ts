// Which databases this version knows all of.
import type { Database } from '../connect.ts'
import { migrationNames, namesInLedger } from '../migrate.ts'
import { unknownAmong } from '../unfinished.ts'

/** @throws {Error} where a newer version has brought its tables up to date: what it added would be left out. */
export async function refuseNewer(database: Pick<Database, 'db' | 'dialect'>): Promise<void> {
  const unknown = unknownAmong(await namesInLedger(database), migrationNames)
  if (unknown.length > 0)
    throw new Error(
      `A newer version of Gatelodge has changed this database. Use that version here, so that nothing is left out. This one does not know: ${unknown.join(', ')}`,
    )
}
