// What a link in a letter is worth: 32 random bytes, good once, for one purpose, one account, one address and a while.
// Only the hash is kept, so neither a backup nor a look into the table opens anything (ASVS V6.4.1, V9.2.2).
import type { Settings } from '../../config/schema.ts'
import type { Database } from '../../database/connect.ts'
import type { Store } from '../../database/transaction.ts'
import type { Clock, Milliseconds } from '../../time.ts'
import { newId } from '../ids.ts'
import { digest, newToken } from '../sealing.ts'
import { type Token, type TokenPurpose, type ToldToken, tokenRows } from './storage.ts'

/** Made before the first try of the transaction that stores it. */
export interface NewToken {
  /** Goes into the letter and nowhere else. */
  text: string
  purpose: TokenPurpose
  life: Milliseconds
}

export interface Tokens {
  prepare(purpose: TokenPurpose): NewToken
  /** Stores it. Older ones of the same account and purpose are worth nothing from then on. */
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
  /** All that the account has not used, or those of some purposes: whoever holds such a link holds nothing any more. */
  void(store: Store, accountId: Buffer, purposes?: TokenPurpose[]): Promise<void>
  /** The oldest in front; nothing that opens anything. */
  ofAccount(accountId: Buffer): Promise<ToldToken[]>
  purge(): Promise<number>
}

const all: TokenPurpose[] = ['verify-email', 'reset-password', 'change-email', 'restore-account']
const form = /^[\w-]{43}$/

type Lives = Pick<Settings, 'verifyLinkLife' | 'resetLinkLife' | 'deletionDelay'>

export function createTokens({ db }: Pick<Database, 'db'>, clock: Clock, settings: Lives): Tokens {
  const lives: Record<TokenPurpose, Milliseconds> = {
    'verify-email': settings.verifyLinkLife,
    'change-email': settings.verifyLinkLife,
    'reset-password': settings.resetLinkLife,
    'restore-account': settings.deletionDelay,
  }
  return {
    prepare: (purpose) => ({ text: newToken(), purpose, life: lives[purpose] }),
    async issue(store, { text, purpose, life }, { accountId, addressKey }) {
      await tokenRows.void(store, accountId, [purpose])
      const expiresAt = clock.now() + life
      const token: Token = { tokenHash: digest(text), purpose, accountId, addressKey, expiresAt, usedAt: null }
      await tokenRows.insert(store, token, clock.now())
    },
    async find(text, purpose) {
      return form.test(text) ? tokenRows.find(db, digest(text), purpose) : undefined
    },
    isGood: ({ usedAt, expiresAt }) => usedAt === null && expiresAt > clock.now(),
    attempt: newId,
    use: (store, { tokenHash }, attempt) => tokenRows.use(store, tokenHash, attempt, clock.now()),
    wasUsedBy: (store, { tokenHash }, attempt) => tokenRows.wasUsedBy(store, tokenHash, attempt),
    void: (store, accountId, purposes = all) => tokenRows.void(store, accountId, purposes),
    ofAccount: (accountId) => tokenRows.ofAccount(db, accountId),
    purge: () => tokenRows.purge(db, clock.now()),
  }
}
