// The password, or a code where there is a second factor, asked once more before what guards the account. Knows no HTTP and no SQL.
import type { Store } from '../../database/transaction.ts'
import type { RateLimited, Tries } from '../../identity/attempts/rules.ts'
import type { RequestSource } from '../../identity/audit/request-source.ts'
import type { Device } from '../../identity/logins/device.ts'
import type { LoginAccount } from '../../identity/logins/login.ts'
import { type Method, type Methods, methodNames } from '../../identity/logins/methods.ts'
import { provePassword } from '../../identity/passwords/proof.ts'
import type { FactorProblem, ProvedFactor, TypedFactor } from '../../identity/second-factors/factor-proof.ts'
import { proveFactor } from '../../identity/second-factors/proof.ts'
import type { Services } from '../../services.ts'
import type { Renewal } from '../../web/session/renew-session.ts'

export type ReauthenticationOutcome =
  | { kind: 'reauthenticated' }
  | { kind: 'refused'; problems: ({ field: 'current_password'; code: 'empty' | 'wrong' } | FactorProblem)[] }
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
  const { passwordVersion } = proof.credential
  const outcome = await succeed(needs, { owner, tries, forgets: true, passwordVersion, renewal })
  return outcome === 'taken' ? { kind: 'logged-out' } : outcome
}

/** By any second factor that the account has, and never by the password alone: that would be one factor for all. */
export async function reauthenticateByCode(
  needs: Needs & Parameters<typeof proveFactor>[0],
  { device, methods, ...owner }: Owner & { account: LoginAccount; device: Device; methods: Methods },
  typed: TypedFactor,
  renew: (provedBy: Method[]) => Renewal,
): Promise<ReauthenticationOutcome> {
  const { account, source } = owner
  const { passwordVersion } = account
  const knownDevice = device.isKnownTo(account.id, passwordVersion) ? device.id : undefined
  const asked = { account, knownDevice, source, by: owner.tokenHash, before: methods }
  const proof = await proveFactor(needs, asked, typed)
  if (proof.kind === 'login-over') throw new Error('no log-in is under way here')
  if (proof.kind !== 'proved') return proof
  const { admit, forgets } = proof.tries
  const renewal = renew(methodNames(proof.methods))
  const outcome = await succeed(needs, {
    owner,
    tries: admit,
    forgets,
    passwordVersion,
    renewal,
    work: proof.work,
  })
  if (outcome !== 'taken') return outcome
  const refused = await proof.refuse()
  return refused.kind === 'login-over' ? { kind: 'logged-out' } : refused
}

interface Proved {
  owner: Owner
  tries: Tries
  /** A right one starts the count again. */
  forgets: boolean
  passwordVersion: number
  renewal: Renewal
  /** What it takes: nothing, for a password. */
  work?: ProvedFactor['work']
}

/** @returns `taken`: of two at once, the other had the code. */
async function succeed(
  needs: Needs,
  { owner, tries, forgets, passwordVersion, renewal, work: take }: Proved,
): Promise<ReauthenticationOutcome | 'taken'> {
  const { database, sessions, sessionRows, attempts, audit } = needs
  const record = audit.record('reauthentication.succeeded', owner.source, { account: owner.account.id })
  const work = async (trx: Store) => {
    // Of many guesses at once, the right one has no more room than a wrong one.
    if ((await admitted(attempts, trx, tries)) && forgets) await attempts.forget(trx, tries)
    if (await take?.(trx)) throw new Taken()
    await audit.write(trx, record)
    if (!(await sessions.end(trx, owner.tokenHash))) throw new NoLongerAllowed()
    if (!(await renewal.start(trx, passwordVersion))) throw new NoLongerAllowed()
    return 'reauthenticated' as const
  }
  const landed = async (db: Store) =>
    (await sessionRows.exists(db, renewal.session.tokenHash)) ? 'reauthenticated' : undefined
  try {
    const outcome = await attempts.within(tries, work, landed)
    return typeof outcome === 'object' ? outcome : { kind: 'reauthenticated' }
  } catch (error) {
    if (error instanceof Taken) return 'taken'
    if (!(error instanceof NoLongerAllowed)) throw error
    // A COMMIT of ours may have landed late: then it was our own renewal that ended the session.
    return (await landed(database.db)) ? { kind: 'reauthenticated' } : { kind: 'logged-out' }
  }
}

/** Thrown, so that all of it goes. */
class NoLongerAllowed extends Error {}
class Taken extends Error {}

/** A recovery code is not counted. */
async function admitted(attempts: Needs['attempts'], trx: Store, tries: Tries): Promise<boolean> {
  return tries.length > 0 && (await attempts.admit(trx, tries))
}
