// Whether an email address and a password belong together. Knows no HTTP and no SQL.
import type { Store } from '../../database/transaction.ts'
import type { Credential } from '../../identity/passwords/storage.ts'
import type { NewSession } from '../../identity/sessions/storage.ts'
import type { Services } from '../../services.ts'
import type { Login } from './form.ts'

export interface Problem {
  field: 'email' | 'password'
  code: 'empty'
}

export type Outcome =
  | { kind: 'logged-in'; accountId: Buffer }
  | { kind: 'incomplete'; problems: Problem[] }
  /** People read one sentence for all of these; the reason is for the log and for tests. */
  | { kind: 'refused'; reason: 'unknown' | 'wrong' | 'disabled' | 'changed-meanwhile'; accountId?: Buffer }

type Needs = Pick<Services, 'database' | 'passwords' | 'hashing' | 'sessionRows'>

interface Entry {
  session: NewSession
  start(store: Store, proved: Credential): Promise<boolean>
}

/**
 * One SELECT and one argon2id verification, whatever the address and the password are (ASVS V6.3.8).
 * @throws {Busy} where too many passwords are being hashed. @throws {Unavailable} where the database is away.
 */
export async function logIn(needs: Needs, { email, password }: Login, entry: Entry): Promise<Outcome> {
  const { database, passwords, hashing, sessionRows } = needs
  const problems: Problem[] = []
  if (email.trim() === '') problems.push({ field: 'email', code: 'empty' })
  if (password === '') problems.push({ field: 'password', code: 'empty' })
  if (problems.length > 0) return { kind: 'incomplete', problems }

  const credential = await passwords.findByAddress(database.db, email)
  const verdict = await hashing.verify(password, credential?.hash)
  if (!credential) return { kind: 'refused', reason: 'unknown' }
  const { accountId } = credential
  if (verdict === 'no') return { kind: 'refused', reason: 'wrong', accountId }
  if (credential.isDisabled) return { kind: 'refused', reason: 'disabled', accountId }

  const started = await database.transact(
    (trx) => entry.start(trx, credential),
    async (db) => (await sessionRows.exists(db, entry.session.tokenHash)) || undefined,
  )
  if (started !== true) return { kind: 'refused', reason: 'changed-meanwhile', accountId }
  if (verdict === 'ok-and-rehash') await renewHash(needs, credential, password)
  return { kind: 'logged-in', accountId }
}

/** This is the moment at which the password is known. The log-in has succeeded already, so a failure here is no failure. */
async function renewHash({ database, passwords, hashing }: Needs, old: Credential, password: string): Promise<void> {
  try {
    await passwords.renewHash(database.db, old, await hashing.hash(password))
  } catch {}
}
