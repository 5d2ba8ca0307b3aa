// The account that a link starts: with a verified address, and with the password or the passkey that comes with it, in the
// transaction of its first session. All of it or nothing. Knows no HTTP and no SQL.
import type { Store } from '../../database/transaction.ts'
import { asNew } from '../../identity/accounts/account.ts'
import { type Address, parseAddress } from '../../identity/accounts/address.ts'
import { addressKey } from '../../identity/accounts/address-key.ts'
import type { RateLimited } from '../../identity/attempts/rules.ts'
import type { Login, WayIn } from '../../identity/logins/login.ts'
import type { Methods } from '../../identity/logins/methods.ts'
import type { Services } from '../../services.ts'
import type { LoggedInOutcome, LoginEntry, StepDue } from '../../web/session/complete-login.ts'
import { registrations, type Waiting } from './storage.ts'

type NotMade =
  | { kind: 'invalid-link' }
  /** Someone has left the address lately, and can still put it back. */
  | { kind: 'reserved' }
  /** What it was to be logged in with has been used meanwhile. */
  | { kind: 'used' }

export type MadeOutcome =
  | (LoggedInOutcome & { name: string })
  | StepDue
  | NotMade
  /** Another email was quicker, or the address has an account by now; or the passkey belongs to one. */
  | { kind: 'taken' }
  | RateLimited

type Needs = Pick<Services, 'clock' | 'accounts' | 'tokens'>

export interface Making {
  waiting: Waiting
  entry: LoginEntry
  way: WayIn
  /** What was proved beside the address. */
  methods: Methods
  tries?: Login['tries']
  /** Stores what the account is logged in with. @returns false: then nothing of all this is stored. */
  give(trx: Store, accountId: Buffer): Promise<boolean>
}

export function addressOf({ email }: Waiting): Address {
  const address = parseAddress(email)
  if (!address) throw new Error('an address that was taken is none any more')
  return address
}

/** The link is used by one statement: of many at once, one makes the account. */
export async function makeAccount(needs: Needs, making: Making): Promise<MadeOutcome> {
  const { clock, accounts, tokens } = needs
  const { waiting, entry, way, methods, tries, give } = making
  const { accountId: id, name, email, fields, tokenHash } = waiting
  const address = addressOf(waiting)
  const key = addressKey(address)
  const now = clock.now()
  const work = async (trx: Store): Promise<NotMade | undefined> => {
    if (await tokens.isReserved(trx, key)) return { kind: 'reserved' }
    if (!(await registrations.take(trx, tokenHash, now))) return { kind: 'invalid-link' }
    await accounts.insert(trx, { id, name, address, createdAt: now, verifiedAt: now, fields })
    if (!(await give(trx, id))) return { kind: 'used' }
    await registrations.removeOthers(trx, key)
    return undefined
  }
  const outcome = await entry.complete<NotMade>({
    ...{ way, isNewAccount: true, account: { id, name, email, verifiedAt: now, ...asNew } },
    methods: { email: now, ...methods },
    ...(tries && { tries }),
    work,
  })
  if (outcome.kind === 'changed-meanwhile') throw new Error('a new account did not let its owner in')
  if (outcome.kind === 'duplicate') return { kind: 'taken' }
  return outcome.kind === 'logged-in' ? { name, ...outcome } : outcome
}
