// What a link in an email is worth: 32 random bytes, good once, for one purpose, one account, one address and a while.
// Only the hash is kept, so neither a backup nor a look into the table opens anything (ASVS V6.4.1, V9.2.2).
import type { Settings } from '../../config/schema.ts'
import type { Database } from '../../database/connect.ts'
import type { Store } from '../../database/transaction.ts'
import { type Clock, days, type Milliseconds, minutes } from '../../time.ts'
import { newId } from '../ids.ts'
import { digest, newToken } from '../sealing.ts'
import { type Token, type TokenPurpose, type ToldToken, tokenRows } from './storage.ts'

/** Made before the first try of the transaction that stores it. */
export interface NewToken {
  /** Goes into the email and nowhere else. */
  text: string
  purpose: TokenPurpose
  life: Milliseconds
}

export interface Tokens {
  prepare(purpose: TokenPurpose): NewToken
  /** Stores it. Older ones of the same account and purpose become invalid, except for ways back; the two to a new password count as one. */
  issue(store: Store, token: NewToken, whose: { accountId: Buffer; addressKey: Buffer }): Promise<void>
  /** @returns the token as it stands, used and expired ones too; undefined for what was never given, replaced or made up. */
  find(text: string, purpose: TokenPurpose): Promise<Token | undefined>
  /** Whether it could still be used. It is `use()` that decides. */
  isGood(token: Token): boolean
  /** Something to use it with, made before the first try of a transaction. */
  attempt(): Buffer
  /** @returns whether it was good, and this was its one use. */
  use(store: Store, token: Token, attempt: Buffer): Promise<boolean>
  wasUsedBy(store: Store, token: Token, attempt: Buffer): Promise<boolean>
  /**
   * All that the account has not used, or those of some purposes: anyone who holds such a link holds nothing any more.
   * @returns whether there was one.
   */
  void(store: Store, accountId: Buffer, purposes?: TokenPurpose[]): Promise<boolean>
  /** An older way back outranks those that came after it: they are invalid once it was used. */
  voidYounger(store: Store, token: Token): Promise<void>
  /** Whether an address that an account has left may still be put back: any account, or any but one. */
  isReserved(store: Store, addressKey: Buffer, apartFrom?: Buffer): Promise<boolean>
  /** The oldest in front; nothing that opens anything. */
  ofAccount(accountId: Buffer): Promise<ToldToken[]>
  purge(): Promise<number>
}

/** Not the way back to an address: anyone who took an account over must not be able to close it. */
const all: TokenPurpose[] = [
  'verify-email',
  'reset-password',
  'reset-password-shown',
  'change-email',
  'restore-account',
  'become-administrator',
]

/** Both set a password, and only the newest works. The one that was shown went to no mailbox: it proves no address. */
const resets: TokenPurpose[] = ['reset-password', 'reset-password-shown']
const alike = (purpose: TokenPurpose) => (resets.includes(purpose) ? resets : [purpose])

/** So long an old address can be put back: someone on a journey is home by then. */
const undoLife: Milliseconds = days(7)
/** Shown to the person who is at the machine, and used at once. */
const administratorLinkLife: Milliseconds = minutes(30)
const form = /^[\w-]{43}$/

type Lives = Pick<Settings, 'verifyLinkLife' | 'resetLinkLife' | 'deletionDelay'>

export function createTokens({ db }: Pick<Database, 'db'>, clock: Clock, settings: Lives): Tokens {
  const lives: Record<TokenPurpose, Milliseconds> = {
    'verify-email': settings.verifyLinkLife,
    'change-email': settings.verifyLinkLife,
    'undo-email-change': undoLife,
    'reset-password': settings.resetLinkLife,
    'reset-password-shown': settings.resetLinkLife,
    'restore-account': settings.deletionDelay,
    'become-administrator': administratorLinkLife,
  }
  /** Their order is what counts, and several copies have several clocks. The caller holds the account's row. */
  const afterOthers = async (store: Store, accountId: Buffer) =>
    Math.max(clock.now(), 1 + (await tokenRows.newest(store, accountId, 'undo-email-change')))
  return {
    prepare: (purpose) => ({ text: newToken(), purpose, life: lives[purpose] }),
    async issue(store, { text, purpose, life }, { accountId, addressKey }) {
      const createdAt = purpose === 'undo-email-change' ? await afterOthers(store, accountId) : clock.now()
      if (all.includes(purpose)) await tokenRows.void(store, accountId, alike(purpose))
      const expiresAt = clock.now() + life
      await tokenRows.insert(store, {
        ...{ tokenHash: digest(text), purpose, accountId, addressKey },
        ...{ createdAt, expiresAt, usedAt: null },
      })
    },
    async find(text, purpose) {
      return form.test(text) ? tokenRows.find(db, digest(text), purpose) : undefined
    },
    isGood: ({ usedAt, expiresAt }) => usedAt === null && expiresAt > clock.now(),
    attempt: newId,
    use: (store, { tokenHash }, attempt) => tokenRows.use(store, tokenHash, attempt, clock.now()),
    wasUsedBy: (store, { tokenHash }, attempt) => tokenRows.wasUsedBy(store, tokenHash, attempt),
    void: (store, accountId, purposes = all) => tokenRows.void(store, accountId, purposes.flatMap(alike)),
    voidYounger: tokenRows.voidYounger,
    isReserved: (store, addressKey, apartFrom) =>
      tokenRows.isGoodFor(store, { addressKey, purpose: 'undo-email-change', apartFrom }, clock.now()),
    ofAccount: (accountId) => tokenRows.ofAccount(db, accountId),
    purge: () => tokenRows.purge(db, clock.now()),
  }
}
