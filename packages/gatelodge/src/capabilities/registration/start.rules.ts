// An account that starts with the link in an email. Knows no HTTP and no SQL.

import { firstVersion } from '../../identity/accounts/account.ts'
import { nameFrom } from '../../identity/accounts/name.ts'
import type { Tries } from '../../identity/attempts/rules.ts'
import type { RequestSource } from '../../identity/audit/request-source.ts'
import { findCarried } from '../../identity/invitations/carried.ts'
import type { Device } from '../../identity/logins/device.ts'
import { registrations, type Waiting } from '../../identity/registrations/storage.ts'
import { digest } from '../../identity/sealing.ts'
import type { Services } from '../../services.ts'
import type { LoginEntry } from '../../web/session/complete-login.ts'
import { addressOf, type CarriedOver, type MadeOutcome, makeAccount } from './make-account.rules.ts'
import { type NewWayOutcome, startWithoutPassword } from './start-without-password.rules.ts'
import { byStartLink } from './way-in.ts'

export type StartOutcome =
  | Exclude<MadeOutcome, { kind: 'used' }>
  | { kind: 'refused'; problems: { field: 'password'; code: 'empty' | 'wrong' }[] }
  | NewWayOutcome

type Needs = Parameters<typeof makeAccount>[0] & Pick<Services, 'passwords' | 'hashing' | 'attempts'>

/** @returns what the link would start; undefined for one that does not work any more. */
export async function findWaiting(
  { database, clock }: Pick<Needs, 'database' | 'clock'>,
  token: string,
): Promise<Waiting | undefined> {
  return registrations.find(database.db, digest(token), clock.now())
}

/** Why an account cannot be started by the invitation that the link carries; undefined where it can, or carries none. */
export async function carriedOver(needs: Needs, { invitationId }: Waiting): Promise<CarriedOver | undefined> {
  const found = invitationId === null ? undefined : await findCarried(needs, invitationId)
  return found?.kind === 'invalid-link' ? { kind: 'invitation-over', why: found.why } : undefined
}

interface Typed {
  /** Of the link. */
  token: string
  password: string
  /** A program vouches for what was typed; a page does not, where another browser opens the link. */
  isByProgram?: boolean
  /** Of someone who registered without a password: a passkey, or the password that they choose now. */
  answer?: unknown
  new_password?: string | undefined
}

/**
 * The browser in which someone registered needs only the link. Any other is asked for the password as well: someone may
 * have registered with an address that is not theirs, and anyone who reads its emails must not make their account good.
 * Where no password was chosen, nobody but the reader of the email gets anything, and in another browser nothing of what was
 * typed: a stranger's words are not to greet the owner.
 */
export async function startAccount(
  needs: Needs & Parameters<typeof startWithoutPassword>[0],
  { token, password, isByProgram = false, ...typed }: Typed,
  entry: LoginEntry,
  source: RequestSource,
): Promise<StartOutcome> {
  const waiting = await findWaiting(needs, token)
  if (!waiting) return { kind: 'invalid-link' }
  const { hash } = waiting
  if (hash === null) {
    const shown = isByProgram ? waiting : asShownIn(entry.device, waiting)
    return startWithoutPassword(needs, shown, typed, entry, source)
  }
  const start = { waiting, hash, entry, source }
  if (entry.device.isKnownTo(waiting.accountId, firstVersion)) return store(needs, start)
  if (password === '') return { kind: 'refused', problems: [{ field: 'password', code: 'empty' }] }

  const tries = needs.attempts.ofAccount(addressOf(waiting))
  const rateLimited = await needs.attempts.rateLimited(tries)
  if (rateLimited) return rateLimited
  const verdict = await needs.hashing.verify(password, hash, source.clientAddress)
  if (verdict === 'no') return refuse(needs, waiting, tries, source)
  return store(needs, { ...start, tries })
}

/** Without the name and fields that were typed in another browser. */
export function asShownIn(device: Device, waiting: Waiting): Waiting {
  if (waiting.hash !== null || device.isKnownTo(waiting.accountId, firstVersion)) return waiting
  return { ...waiting, name: nameFrom(waiting.email), fields: {} }
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

interface Start {
  waiting: Waiting
  hash: string
  entry: LoginEntry
  source: RequestSource
  /** What the password is counted under, where one was typed. */
  tries?: Tries
}

async function store(needs: Needs, { waiting, hash, entry, source, tries }: Start): Promise<StartOutcome> {
  const now = needs.clock.now()
  const outcome = await makeAccount(needs, {
    ...{ waiting, entry, source, way: byStartLink, methods: tries ? { pwd: now } : {} },
    ...(tries && { tries: { admit: tries } }),
    async give(trx, accountId) {
      await needs.passwords.insert(trx, accountId, hash, now)
      return true
    },
  })
  if (outcome.kind === 'used') throw new Error('a password is not used up')
  return outcome
}
