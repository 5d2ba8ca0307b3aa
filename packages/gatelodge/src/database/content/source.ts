// Which databases can be read whole by this version.
import type { Database } from '../connect.ts'
import { migrationNames, namesInLedger } from '../migrate.ts'

/** @throws {Error} where a newer version has brought its tables up to date: what it added would be missing. */
export async function refuseNewer(database: Pick<Database, 'db' | 'dialect'>): Promise<void> {
  const unknown = (await namesInLedger(database)).filter((name) => !migrationNames.includes(name))
  if (unknown.length > 0)
    throw new Error(
      `A newer version of Gatelodge has changed this database. Use that version here, so that nothing is left out. This one does not know: ${unknown.join(', ')}`,
    )
}
