// A log-in under way: something is proved, a step is still due, and no session has started. Anyone who goes on brings a random
// token; only its hash is stored (ASVS V6.4.1), and it opens the page of the due step and nothing else.
import type { Database } from '../../database/connect.ts'
import type { Store } from '../../database/transaction.ts'
import type { Clock, Milliseconds } from '../../time.ts'
import type { RequestSource } from '../audit/request-source.ts'
import { digest, newToken } from '../sealing.ts'
import type { LoginAccount, LoginOptions } from './login.ts'
import { firstProofAt, type Methods } from './methods.ts'
import { type LoginUnderWay, loginRows, type NewLoginUnderWay, type ToldLoginUnderWay } from './storage.ts'

interface Begun {
  account: LoginAccount
  methods: Methods
  options: LoginOptions
  source: Pick<RequestSource, 'device' | 'clientAddress'>
  /** How long after the first proof the due step may be passed. */
  lasts: Milliseconds
}

export interface LoginsUnderWay {
  /** Made before the first try of the transaction that stores it. @returns the token, which is stored nowhere. */
  prepare(begun: Begun): { token: string; login: NewLoginUnderWay }
  /** @returns whether the account is there to log in to: its row must not stay behind one that is gone. */
  begin(store: Store, login: NewLoginUnderWay): Promise<boolean>
  /** @returns one that can still become a session; undefined for a token that is used, too old, worthless or made up. */
  find(token: string, as: LoginOptions['as']): Promise<LoginUnderWay | undefined>
  /** A step was passed and another one is due: its time counts from the first proof, too. @returns whether it still stood. */
  advance(store: Store, passed: LoginUnderWay): Promise<boolean>
  /** Whether an earlier try has stored exactly this. */
  has(store: Store, login: Pick<LoginUnderWay, 'tokenHash' | 'account' | 'methods'>): Promise<boolean>
  /** In the transaction that starts the session. @returns whether it was still there to be used, once. */
  use(store: Store, login: Pick<LoginUnderWay, 'tokenHash'>, session: { id: Buffer }): Promise<boolean>
  /** Counts a wrong code: with the fifth the log-in is over. @returns whether it was not over before. */
  countTry(store: Store, login: Pick<LoginUnderWay, 'tokenHash'>): Promise<boolean>
  cancel(store: Store, login: Pick<LoginUnderWay, 'tokenHash'>): Promise<void>
  /** With the account closed or disabled none goes on, also where it is opened again. */
  cancelAll(store: Store, accountId: Buffer): Promise<void>
  /** The oldest first; nothing that opens anything. */
  ofAccount(accountId: Buffer): Promise<ToldLoginUnderWay[]>
  /** Removes rows whose time is over. @returns how many. */
  purge(): Promise<number>
}

const form = /^[\w-]{43}$/

export function createLoginsUnderWay({ db, dialect }: Pick<Database, 'db' | 'dialect'>, clock: Clock): LoginsUnderWay {
  return {
    prepare({ account, methods, options, source, lasts }) {
      const token = newToken()
      const { device, clientAddress } = source
      const startedAt = firstProofAt(methods)
      const expiresAt = startedAt + lasts
      const about = { account, methods, options, device, clientAddress, startedAt, expiresAt }
      return { token, login: { tokenHash: digest(token), ...about } }
    },
    begin: (store, login) => loginRows.insert(store, dialect, login),
    async find(token, as) {
      return form.test(token) ? loginRows.find(db, digest(token), { as, now: clock.now() }) : undefined
    },
    advance: (store, passed) => loginRows.advance(store, passed, clock.now()),
    has: loginRows.has,
    use: (store, { tokenHash }, { id }) => loginRows.use(store, tokenHash, id, clock.now()),
    countTry: (store, { tokenHash }) => loginRows.countTry(store, tokenHash),
    cancel: (store, { tokenHash }) => loginRows.remove(store, tokenHash),
    cancelAll: loginRows.removeAll,
    ofAccount: (accountId) => loginRows.ofAccount(db, accountId),
    purge: () => loginRows.purge(db, clock.now()),
  }
}
