// An account that starts with the link in a letter. Knows no HTTP and no SQL.
import type { Store } from '../../database/transaction.ts'
import { type Address, parseAddress } from '../../identity/accounts/address.ts'
import { addressKey } from '../../identity/accounts/address-key.ts'
import type { HeldBack, Tries } from '../../identity/attempts/rules.ts'
import type { Asker } from '../../identity/audit/asker.ts'
import { digest } from '../../identity/sealing.ts'
import type { Services } from '../../services.ts'
import { registrations, type Waiting } from './storage.ts'

export type StartOutcome =
  | { kind: 'started'; accountId: Buffer; name: string }
  | { kind: 'dead-link' }
  /** Another letter was quicker, or the address has an account by now. */
  | { kind: 'taken' }
  /** Somebody has left the address lately, and can still put it back. */
  | { kind: 'reserved' }
  | { kind: 'refused'; problems: { field: 'password'; code: 'empty' | 'wrong' }[] }
  | HeldBack

type Needs = Pick<
  Services,
  | 'clock'
  | 'database'
  | 'accounts'
  | 'passwords'
  | 'hashing'
  | 'attempts'
  | 'audit'
  | 'sessionRows'
  | 'tokens'
  | 'hooks'
>

interface Entry {
  session: { tokenHash: Buffer }
  device: { isKnownTo(account: Buffer, passwordVersion: number): boolean }
  start(store: Store, proved: { accountId: Buffer; version: number }): Promise<boolean>
}

/** @returns what the link would start; undefined for one that does not work any more. */
export async function findWaiting({ database, clock }: Needs, token: string): Promise<Waiting | undefined> {
  return registrations.find(database.db, digest(token), clock.now())
}

/**
 * The browser in which somebody registered needs only the link. Any other is asked for the password as well: somebody may
 * have registered with an address that is not theirs, and whoever reads its letters must not make their account good.
 */
export async function startAccount(
  needs: Needs,
  { token, password }: { token: string; password: string },
  entry: Entry,
  asker: Asker,
): Promise<StartOutcome> {
  const waiting = await findWaiting(needs, token)
  if (!waiting) return { kind: 'dead-link' }
  if (entry.device.isKnownTo(waiting.accountId, 1)) return store(needs, { waiting, entry, asker })
  if (password === '') return { kind: 'refused', problems: [{ field: 'password', code: 'empty' }] }

  const tries = needs.attempts.ofAccount(addressOf(waiting))
  const heldBack = await needs.attempts.heldBack(tries)
  if (heldBack) return heldBack
  const verdict = await needs.hashing.verify(password, waiting.hash, asker.clientAddress)
  if (verdict === 'no') return refuse(needs, waiting, tries, asker)
  return store(needs, { waiting, entry, asker, tries })
}

async function refuse(
  { attempts, audit }: Needs,
  { email }: Waiting,
  tries: Tries,
  asker: Asker,
): Promise<StartOutcome> {
  const record = audit.record('password.confirm-refused', asker, { typedAddress: email, reason: 'wrong' })
  const heldBack = await attempts.fail(tries, record)
  return heldBack ?? { kind: 'refused', problems: [{ field: 'password', code: 'wrong' }] }
}

function addressOf({ email }: Waiting): Address {
  const address = parseAddress(email)
  if (!address) throw new Error('an address that was taken is none any more')
  return address
}

interface Start {
  waiting: Waiting
  entry: Entry
  asker: Asker
  /** What the password is counted under, where one was typed. */
  tries?: Tries
}

async function store(needs: Needs, { waiting, entry, asker, tries = [] }: Start): Promise<StartOutcome> {
  const { clock, accounts, passwords, attempts, audit, sessionRows, tokens, hooks } = needs
  const { accountId, name, hash, fields, tokenHash } = waiting
  const address = addressOf(waiting)
  const record = audit.record('registration.succeeded', asker, { account: accountId })
  const started: StartOutcome = { kind: 'started', accountId, name }
  const outcome = await attempts.within(
    tries,
    async (trx): Promise<StartOutcome> => {
      // Of many at once, a right password has no more room than a wrong one.
      if (tries.length > 0) await attempts.admit(trx, tries)
      if (await tokens.isReserved(trx, addressKey(address))) return { kind: 'reserved' }
      const now = clock.now()
      if (!(await registrations.take(trx, tokenHash, now))) return { kind: 'dead-link' }
      await accounts.insert(trx, { id: accountId, name, address, createdAt: now, verifiedAt: now, fields })
      await passwords.insert(trx, accountId, hash, now)
      await registrations.removeOthers(trx, address)
      if (!(await entry.start(trx, { accountId, version: 1 })))
        throw new Error('a new account did not let its owner in')
      await audit.write(trx, record)
      return started
    },
    async (db) => ((await sessionRows.exists(db, entry.session.tokenHash)) ? started : undefined),
  )
  if (outcome === 'duplicate') return { kind: 'taken' }
  if (outcome.kind === 'started') await hooks.registered(accountId, asker)
  return outcome
}
