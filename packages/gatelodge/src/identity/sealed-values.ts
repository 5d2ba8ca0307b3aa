// A few of the values that the secret has sealed in the database, to try a secret on. They are as old as the site, or as new.
import type { Store } from '../database/transaction.ts'
import type { Purpose } from './sealing.ts'

export interface SealedValue {
  /** For people. */
  what: string
  purpose: Purpose
  sealed: string
}

/** The first and the last app secret by the age of the account, an email that waits, and a pepper; empty: nothing is sealed. */
export async function sealedValues(db: Store): Promise<SealedValue[]> {
  const found = [await appSecret(db, 'desc'), await appSecret(db, 'asc'), await waitingEmail(db), await pepper(db)]
  return found.filter((value) => value !== undefined)
}

async function appSecret(db: Store, order: 'asc' | 'desc'): Promise<SealedValue | undefined> {
  const row = await db
    .selectFrom('gatelodge_totp')
    .select('secret')
    .orderBy('account_id', order)
    .limit(1)
    .executeTakeFirst()
  const which = order === 'asc' ? 'oldest' : 'newest'
  return (
    row && { what: `the app codes of the ${which} account with an app`, purpose: 'second factor', sealed: row.secret }
  )
}

async function waitingEmail(db: Store): Promise<SealedValue | undefined> {
  const row = await db
    .selectFrom('gatelodge_emails')
    .select('sealed')
    .where('due_at', 'is not', null)
    .where('sealed', '!=', '')
    .orderBy('due_at', 'desc')
    .limit(1)
    .executeTakeFirst()
  return row && { what: 'an email that waits', purpose: 'email', sealed: row.sealed }
}

async function pepper(db: Store): Promise<SealedValue | undefined> {
  const row = await db
    .selectFrom('gatelodge_passwords')
    .select('hash')
    .where('foreign_format', 'is not', null)
    .where('hash', 'like', '%"pepper","%')
    .limit(1)
    .executeTakeFirst()
  const sealed = row && /\["pepper","([\w-]+)"\]/.exec(row.hash)?.[1]
  return sealed ? { what: 'an imported password with a pepper', purpose: 'pepper', sealed } : undefined
}
