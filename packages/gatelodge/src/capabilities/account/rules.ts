// What a person may change about their account. Knows no HTTP and no SQL.

import type { Store } from '../../database/transaction.ts'
import type { Owner } from '../../identity/passwords/personal.ts'
import type { PasswordRefusal } from '../../identity/passwords/policy.ts'
import type { Credential } from '../../identity/passwords/storage.ts'
import type { NewSession } from '../../identity/sessions/storage.ts'
import type { Services } from '../../services.ts'
import type { ChangePassword } from './form.ts'

export type Problem =
  | { field: 'current_password'; code: 'empty' | 'wrong' }
  | { field: 'new_password'; code: PasswordRefusal | 'same' }

export type Outcome = { kind: 'changed' } | { kind: 'refused'; problems: Problem[] }

type Needs = Pick<
  Services,
  'clock' | 'database' | 'passwords' | 'passwordPolicy' | 'hashing' | 'sessions' | 'sessionRows'
>

interface Entry {
  session: NewSession
  start(store: Store, proved: Pick<Credential, 'accountId' | 'version'>): Promise<boolean>
}

/**
 * A new password for somebody who knows the current one. All other sessions end; the present one goes on with a new token.
 * Of several changes at once, one wins: the others proved a password that is no longer the current one.
 * @throws {Busy} where too many passwords are being hashed. @throws {Unavailable} where the database is away.
 */
export async function changePassword(
  needs: Needs,
  account: Owner & { id: Buffer },
  { current_password, new_password }: ChangePassword,
  entry: Entry,
): Promise<Outcome> {
  const { database, passwords, passwordPolicy, hashing } = needs
  const problems: Problem[] = []
  if (current_password === '') problems.push({ field: 'current_password', code: 'empty' })
  const weakness = await passwordPolicy.judge(new_password, account)
  if (weakness) problems.push({ field: 'new_password', code: weakness })
  else if (new_password === current_password) problems.push({ field: 'new_password', code: 'same' })
  if (problems.length > 0) return { kind: 'refused', problems }

  const credential = await passwords.findByAccount(database.db, account.id)
  const verdict = await hashing.verify(current_password, credential?.hash)
  if (!credential || verdict === 'no') return wrong
  const isChanged = await store(needs, credential, await hashing.hash(new_password), entry)
  return isChanged ? { kind: 'changed' } : wrong
}

const wrong: Outcome = { kind: 'refused', problems: [{ field: 'current_password', code: 'wrong' }] }

async function store(needs: Needs, proved: Credential, hash: string, entry: Entry): Promise<boolean> {
  const { clock, database, passwords, sessions, sessionRows } = needs
  const { accountId, version } = proved
  const work = async (trx: Store) => {
    if (!(await passwords.change(trx, proved, hash, clock.now()))) return false
    await sessions.endOthers(trx, accountId, entry.session)
    // Disabled meanwhile: thrown, so that the new password goes too.
    if (!(await entry.start(trx, { accountId, version: version + 1 }))) throw new NoLongerAllowed()
    return true
  }
  const landed = async (db: Store) => (await sessionRows.exists(db, entry.session.tokenHash)) || undefined
  try {
    return (await database.transact(work, landed)) === true
  } catch (error) {
    if (error instanceof NoLongerAllowed) return false
    throw error
  }
}

class NoLongerAllowed extends Error {}
