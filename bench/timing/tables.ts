// What no form does: the product's own tables, from beside it.
import { connectDatabase, type Database } from '../../packages/gatelodge/src/database/connect.ts'
import { seconds, systemClock } from '../../packages/gatelodge/src/time.ts'

export function connectTo(databaseUrl: string): Promise<Database> {
  return connectDatabase({ databaseUrl, databaseConnections: 1, databaseTimeout: seconds(5) }, systemClock)
}

export async function disable({ db }: Database, emails: string[]): Promise<void> {
  // In batches: a statement takes only so many values.
  for (let start = 0; start < emails.length; start += 500)
    await db
      .updateTable('gatelodge_accounts')
      .set({ disabled_at: systemClock.now() })
      .where('email', 'in', emails.slice(start, start + 500))
      .execute()
}

/** As it is a day later: what was counted for a first letter is forgotten. */
export async function forgetAttempts({ db }: Database): Promise<void> {
  await db.deleteFrom('gatelodge_attempts').execute()
}
