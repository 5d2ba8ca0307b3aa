// Accounts whose password hash came from another system.
import { addressKey } from '../../src/identity/accounts/address-key.ts'
import { type ForeignHash, labelOf, spell } from '../../src/identity/passwords/foreign/recipe.ts'
import type { TestApp } from './make-app.ts'

/** A hash of ours, at the cost that tests have. */
export const own = /^\$argon2id\$v=19\$m=64,t=1,p=1\$/

/** Gives an account that hash, as the import stores it. @returns the address, and what is stored now. */
export async function give(
  { services: { database, passwords } }: TestApp,
  name: string,
  hash: ForeignHash,
  label = labelOf(hash),
) {
  const email = `${name}@example.org`
  const { db } = database
  const { id } = await db
    .selectFrom('gatelodge_accounts')
    .select('id')
    .where('email_key', '=', addressKey(email))
    .executeTakeFirstOrThrow()
  await db
    .updateTable('gatelodge_passwords')
    .set({ hash: spell(hash), foreign_format: label })
    .where('account_id', '=', id)
    .execute()
  const stored = async () => (await passwords.findByAccount(db, id))?.hash ?? ''
  return { email, stored }
}

export async function register(app: TestApp, name: string) {
  const visitor = app.visitor()
  await visitor.register({ name: 'Ada', email: `${name}@example.org`, password: 'violet tram lamp' })
  await visitor.logOut()
}
