// The current password, typed once more by someone who has a session or a link already. Counted and recorded like a
// wrong password at log-in: anyone who sits down at an open browser may guess here, too.
import type { Database } from '../../database/connect.ts'
import type { Attempts, RateLimited, Tries } from '../attempts/rules.ts'
import type { AuditedEvent } from '../audit/events.ts'
import type { RequestSource } from '../audit/request-source.ts'
import type { Audit } from '../audit/rules.ts'
import type { Hashing } from './hashing.ts'
import type { Credential, passwords } from './storage.ts'

export type Proof = { kind: 'proved'; credential: Credential } | { kind: 'wrong' } | RateLimited

interface Needs {
  database: Database
  passwords: typeof passwords
  hashing: Hashing
  attempts: Attempts
  audit: Audit
}

interface Typed {
  account: Buffer
  password: string
  tries: Tries
  source: RequestSource
  /** What a wrong one is recorded as. */
  refusal: AuditedEvent
}

/** @throws {Busy} where too many passwords are being hashed. @throws {Unavailable} where the database is away. */
export async function provePassword(needs: Needs, typed: Typed): Promise<Proof> {
  const { database, passwords, hashing, attempts } = needs
  const rateLimited = await attempts.rateLimited(typed.tries)
  if (rateLimited) return rateLimited
  const credential = await passwords.findByAccount(database.db, typed.account)
  const verdict = await hashing.verify(typed.password, credential?.hash ?? undefined, typed.source.clientAddress)
  if (!credential || verdict === 'no') return refuseProof(needs, typed)
  return { kind: 'proved', credential }
}

/** Also for a password that was right until a moment ago. */
export async function refuseProof(
  { attempts, audit }: Pick<Needs, 'attempts' | 'audit'>,
  { account, tries, source, refusal }: Omit<Typed, 'password'>,
): Promise<{ kind: 'wrong' } | RateLimited> {
  const rateLimited = await attempts.fail(tries, audit.record(refusal, source, { account, reason: 'wrong' }))
  return rateLimited ?? { kind: 'wrong' }
}
