// An account that starts with the link in an email. Knows no HTTP and no SQL.
import type { Store } from '../../database/transaction.ts'
import { type Address, parseAddress } from '../../identity/accounts/address.ts'
import { addressKey } from '../../identity/accounts/address-key.ts'
import { asNew, firstVersion } from '../../identity/accounts/storage.ts'
import type { RateLimited, Tries } from '../../identity/attempts/rules.ts'
import type { RequestSource } from '../../identity/audit/request-source.ts'
import { digest } from '../../identity/sealing.ts'
import type { Services } from '../../services.ts'
import type { LoggedInOutcome, LoginEntry, StepDue } from '../../web/session/complete-login.ts'
import { registrations, type Waiting } from './storage.ts'
import { byStartLink } from './way-in.ts'

export type StartOutcome =
  | (LoggedInOutcome & { name: string })
  | StepDue
  | { kind: 'invalid-link' }
  /** Another email was quicker, or the address has an account by now. */
  | { kind: 'taken' }
  /** Someone has left the address lately, and can still put it back. */
  | { kind: 'reserved' }
  | { kind: 'refused'; problems: { field: 'password'; code: 'empty' | 'wrong' }[] }
  | RateLimited

type Needs = Pick<
  Services,
  'clock' | 'database' | 'accounts' | 'passwords' | 'hashing' | 'attempts' | 'audit' | 'tokens'
>

/** @returns what the link would start; undefined for one that does not work any more. */
export async function findWaiting({ database, clock }: Needs, token: string): Promise<Waiting | undefined> {
  return registrations.find(database.db, digest(token), clock.now())
}

/**
 * The browser in which someone registered needs only the link. Any other is asked for the password as well: someone may
 * have registered with an address that is not theirs, and anyone who reads its emails must not make their account good.
 */
export async function startAccount(
  needs: Needs,
  { token, password }: { token: string; password: string },
  entry: LoginEntry,
  source: RequestSource,
): Promise<StartOutcome> {
  const waiting = await findWaiting(needs, token)
  if (!waiting) return { kind: 'invalid-link' }
  if (entry.device.isKnownTo(waiting.accountId, firstVersion)) return store(needs, { waiting, entry })
  if (password === '') return { kind: 'refused', problems: [{ field: 'password', code: 'empty' }] }

  const tries = needs.attempts.ofAccount(addressOf(waiting))
  const rateLimited = await needs.attempts.rateLimited(tries)
  if (rateLimited) return rateLimited
  const verdict = await needs.hashing.verify(password, waiting.hash, source.clientAddress)
  if (verdict === 'no') return refuse(needs, waiting, tries, source)
  return store(needs, { waiting, entry, tries })
}

async function refuse(
  { attempts, audit }: Needs,
  { email }: Waiting,
  tries: Tries,
  source: RequestSource,
): Promise<StartOutcome> {
  const record = audit.record('reauthentication.failed', source, { typedAddress: email, reason: 'wrong' })
  const rateLimited = await attempts.fail(tries, record)
  return rateLimited ?? { kind: 'refused', problems: [{ field: 'password', code: 'wrong' }] }
}

function addressOf({ email }: Waiting): Address {
  const address = parseAddress(email)
  if (!address) throw new Error('an address that was taken is none any more')
  return address
}

interface Start {
  waiting: Waiting
  entry: LoginEntry
  /** What the password is counted under, where one was typed. */
  tries?: Tries
}

async function store(needs: Needs, { waiting, entry, tries }: Start): Promise<StartOutcome> {
  const { clock, accounts, passwords, tokens } = needs
  const { accountId, name, email, hash, fields, tokenHash } = waiting
  const address = addressOf(waiting)
  const now = clock.now()
  const work = async (trx: Store): Promise<StartOutcome | undefined> => {
    if (await tokens.isReserved(trx, addressKey(address))) return { kind: 'reserved' }
    if (!(await registrations.take(trx, tokenHash, now))) return { kind: 'invalid-link' }
    await accounts.insert(trx, { id: accountId, name, address, createdAt: now, verifiedAt: now, fields })
    await passwords.insert(trx, accountId, hash, now)
    await registrations.removeOthers(trx, addressKey(address))
    return undefined
  }
  const outcome = await entry.complete({
    way: byStartLink,
    isNewAccount: true,
    account: { id: accountId, name, email, verifiedAt: now, ...asNew },
    methods: { email: now, ...(tries && { pwd: now }) },
    ...(tries && { tries: { admit: tries } }),
    work,
  })
  if (outcome.kind === 'changed-meanwhile') throw new Error('a new account did not let its owner in')
  if (outcome.kind === 'duplicate') return { kind: 'taken' }
  return outcome.kind === 'logged-in' ? { name, ...outcome } : outcome
}
