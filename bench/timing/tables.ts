// What no form does: the product's own tables, from beside it.
import { connectDatabase, type Database } from '../../packages/gatelodge/src/database/connect.ts'
import { parseAddress } from '../../packages/gatelodge/src/identity/accounts/address.ts'
import { accounts } from '../../packages/gatelodge/src/identity/accounts/storage.ts'
import { newId } from '../../packages/gatelodge/src/identity/ids.ts'
import { passwords } from '../../packages/gatelodge/src/identity/passwords/storage.ts'
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

/** Accounts that were made long ago: no email was asked for since. Nobody needs their passwords. */
export async function addAccounts({ db }: Database, emails: string[]): Promise<void> {
  const now = systemClock.now()
  for (const email of emails) {
    const address = parseAddress(email)
    if (!address) throw new Error(`${email} is no address`)
    const id = newId()
    await accounts.insert(db, { id, name: 'Ada Lovelace', address, createdAt: now, verifiedAt: now })
    await passwords.insert(db, id, '$argon2id$of-nobody', now)
  }
}
