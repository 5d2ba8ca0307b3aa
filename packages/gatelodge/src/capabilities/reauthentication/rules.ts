// The password, asked once more before what guards the account. Knows no HTTP and no SQL.
import type { Store } from '../../database/transaction.ts'
import type { RateLimited, Tries } from '../../identity/attempts/rules.ts'
import type { RequestSource } from '../../identity/audit/request-source.ts'
import { provePassword } from '../../identity/passwords/proof.ts'
import type { Services } from '../../services.ts'
import type { Renewal } from '../../web/session/renew-session.ts'

export type ReauthenticationOutcome =
  | { kind: 'confirmed' }
  | { kind: 'refused'; problems: { field: 'current_password'; code: 'empty' | 'wrong' }[] }
  /** The session ended meanwhile, or the password was changed. */
  | { kind: 'logged-out' }
  | RateLimited

type Needs = Pick<Services, 'database' | 'passwords' | 'hashing' | 'sessions' | 'sessionRows' | 'attempts' | 'audit'>

interface Owner {
  account: { id: Buffer }
  tokenHash: Buffer
  source: RequestSource
}

/** The session goes on under a new token, as after a log-in (ASVS V7.2.4): anyone who had a copy of the old one has nothing. */
export async function reauthenticate(
  needs: Needs,
  owner: Owner,
  password: string,
  renewal: Renewal,
): Promise<ReauthenticationOutcome> {
  if (password === '') return { kind: 'refused', problems: [{ field: 'current_password', code: 'empty' }] }
  const { attempts } = needs
  const { account, source } = owner
  const tries = attempts.ofPasswordChange(owner.tokenHash)
  const refusal = 'reauthentication.failed'
  const proof = await provePassword(needs, { account: account.id, password, tries, source, refusal })
  if (proof.kind === 'rate-limited') return proof
  if (proof.kind === 'wrong') return { kind: 'refused', problems: [{ field: 'current_password', code: 'wrong' }] }
  return renew(needs, { owner, tries, passwordVersion: proof.credential.passwordVersion, renewal })
}

interface Proved {
  owner: Owner
  tries: Tries
  passwordVersion: number
  renewal: Renewal
}

async function renew(
  needs: Needs,
  { owner, tries, passwordVersion, renewal }: Proved,
): Promise<ReauthenticationOutcome> {
  const { database, sessions, sessionRows, attempts, audit } = needs
  const record = audit.record('reauthentication.succeeded', owner.source, { account: owner.account.id })
  const work = async (trx: Store) => {
    // Of many guesses at once, the right one has no more room than a wrong one.
    if (await attempts.admit(trx, tries)) await attempts.forget(trx, tries)
    await audit.write(trx, record)
    if (!(await sessions.end(trx, owner.tokenHash))) throw new NoLongerAllowed()
    if (!(await renewal.start(trx, passwordVersion))) throw new NoLongerAllowed()
    return 'confirmed' as const
  }
  const landed = async (db: Store) =>
    (await sessionRows.exists(db, renewal.session.tokenHash)) ? 'confirmed' : undefined
  try {
    const outcome = await attempts.within(tries, work, landed)
    return typeof outcome === 'object' ? outcome : { kind: 'confirmed' }
  } catch (error) {
    if (!(error instanceof NoLongerAllowed)) throw error
    // A COMMIT of ours may have landed late: then it was our own renewal that ended the session.
    return (await landed(database.db)) ? { kind: 'confirmed' } : { kind: 'logged-out' }
  }
}

/** Thrown, so that all of it goes. */
class NoLongerAllowed extends Error {}
