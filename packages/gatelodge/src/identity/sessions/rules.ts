// A session holds one thing, the account's id; everything else is looked up from it. The cookie holds a random token, the
// database only its hash, so that neither a stolen backup nor a look into the table lets anyone in.
import { demandsVerifiedEmail, emailsMode } from '../../config/email-mode.ts'
import type { Settings } from '../../config/schema.ts'
import type { Database } from '../../database/connect.ts'
import { type ListPage, type Position, readPage } from '../../database/paging.ts'
import type { Store } from '../../database/transaction.ts'
import { type Clock, type Milliseconds, minutes } from '../../time.ts'
import type { Account } from '../accounts/account.ts'
import { asksForFactor, demandsAddressOf, isEnoughForAdministrator } from '../accounts/demands.ts'
import type { RequestSource } from '../audit/request-source.ts'
import { isAdministrator } from '../groups/names.ts'
import { newId } from '../ids.ts'
import type { Methods } from '../logins/methods.ts'
import { digest, newToken } from '../sealing.ts'
import { countUsedSessions } from './count-storage.ts'
import { type AgeLimits, endings, hasEnded, limitsOf } from './endings.ts'
import { createLastSeen, type LastSeen } from './last-seen.ts'
import { createLookup, type FoundSession } from './lookup.ts'
import { purgeSessions } from './purge-storage.ts'
import { insertIfProved, type NewSession, type Proved } from './start-storage.ts'
import { type EndReason, type LastUse, type ListedSession, sessions } from './storage.ts'

/** `timed-out`: nobody used it, or it was old. */
export type Ended = { ended: EndReason | 'timed-out'; accountId: Buffer }

interface Wanted {
  remembered: boolean
  /** An app sends its token in a header. The token is invalid in a cookie, and a cookie's token is invalid in a header. */
  isBearer?: boolean
  source: Pick<RequestSource, 'device' | 'clientAddress'>
  /** How its owner proved who they are, and when. */
  methods: Methods
}

export interface Sessions {
  /** Made before the first try of the transaction that stores it. */
  prepare(options: Wanted): NewSession
  /**
   * Starts it, provided the account may still be entered with what was proved. Only web/session/ calls this.
   * @returns whether it started: not where the account was disabled, or its password or a factor changed meanwhile.
   */
  start(store: Store, session: NewSession, proved: Proved): Promise<boolean>
  /**
   * One prepared SELECT, shared with all requests of the same turn of the event loop; writes nothing.
   * @param isUse whether someone does something: it is then noted as used. Default: yes.
   * @param counts whether it also counts what the account has. Default: no.
   * @returns why it is over, where that is known; undefined for a token that has no session.
   */
  resume(token: string, options?: { isUse?: boolean; counts?: boolean }): Promise<FoundSession | Ended | undefined>
  /**
   * Whether its owner has proved within that time who they are: by the password, or by the second factor where there is one
   * (ASVS V7.5.1). @param within default: ten minutes.
   */
  isRecentlyAuthenticated(session: Authenticated, within?: Milliseconds): boolean
  /** Whether a passkey was used in it within the last ten minutes: then it works. */
  hasLatelyUsedPasskey(session: Pick<FoundSession, 'methods'>): boolean
  /** @returns whether there was still something to end. */
  end(store: Store, tokenHash: Buffer): Promise<boolean>
  /** One of the account's own, by its id in the list. @param by default: its owner, from elsewhere. @returns whether it was there. */
  endOne(store: Store, accountId: Buffer, id: Buffer, by?: EndReason): Promise<boolean>
  /**
   * @param kept the one that goes on, by its token's hash; undefined: none does.
   * @returns whether there was one to end.
   */
  endOthers(store: Store, accountId: Buffer, kept: Buffer | undefined, by: EndReason): Promise<boolean>
  /** Those of an account that are not over, a page at a time: the one that asks, then those used last. */
  pageOf(
    owner: { account: Pick<Account, 'id' | 'groups'>; here: Buffer },
    position: Position<LastUse>,
  ): Promise<ListPage<ListedSession>>
  lastSeen: LastSeen
  /** How many were used since a moment, at most `most`; those that were ended since are among them. */
  countUsed(since: number, most: number): Promise<number>
  /** Removes rows of sessions that are over. @returns how many. */
  purge(): Promise<number>
}

/** Long enough to do what one came for, too short for anyone who finds the browser open. */
const authenticatedFor: Milliseconds = minutes(10)

/** Sets the two kinds of token apart, and lets programs that look for leaked secrets find it. */
export const bearerPrefix = 'gatelodge_'

/** As much of a session as tells when its owner was there. */
export interface Authenticated extends Pick<FoundSession, 'reauthenticatedAt' | 'methods'> {
  account: Pick<FoundSession['account'], 'hasSecondFactor' | 'groups'>
}

type Limits = AgeLimits & Pick<Settings, 'secondFactor'> & Parameters<typeof demandsVerifiedEmail>[0]

export function createSessions(database: Database, clock: Clock, limits: Limits): Sessions {
  const lookUp = createLookup(database)
  const lookUpAndCount = createLookup(database, () => endings(clock.now(), limits))
  const lastSeen = createLastSeen(database, clock)
  const onlyVerified = demandsVerifiedEmail(limits)
  const onlyWithFactor = limits.secondFactor === 'required'
  return {
    prepare({ remembered, isBearer = false, source, methods }) {
      const token = (isBearer ? bearerPrefix : '') + newToken()
      const device = isBearer ? { ...source.device, isApp: true as const } : source.device
      const { clientAddress } = source
      return { token, tokenHash: digest(token), remembered, id: newId(), device, clientAddress, methods }
    },
    start: (store, session, proved) =>
      insertIfProved(store, database.dialect, session, proved, {
        now: clock.now(),
        onlyVerified,
        onlyWithFactor,
        onlyVerifiedAdministrators: emailsMode(limits) !== 'none',
      }),
    async resume(token, { isUse = true, counts = false } = {}) {
      const found = await (counts ? lookUpAndCount : lookUp)(digest(token))
      if (!found) return undefined
      const { account } = found
      if (found.endedBy) return { ended: found.endedBy, accountId: account.id }
      if (account.disabledAt !== null || account.deletesAt !== null) return undefined
      if (demandsAddressOf(limits, account) && account.verifiedAt === null) return undefined
      // Whatever happened since the log-in, an administrator without a second factor is none.
      if (isAdministrator(account) && !found.hasFactorOfAdministrator) return undefined
      if (isAdministrator(account) && !isEnoughForAdministrator(account, found.methods)) return undefined
      if (hasEnded(found, clock.now(), limitsOf(account, limits))) return { ended: 'timed-out', accountId: account.id }
      if (isUse) lastSeen.note(found)
      return found
    },
    isRecentlyAuthenticated: ({ reauthenticatedAt, account, methods }, within = authenticatedFor) => {
      // Not by the password alone: anyone who knows it would take the second factor away.
      const provedAt = asksForFactor(account) ? (methods.mfa ?? 0) : reauthenticatedAt
      return clock.now() - provedAt < within
    },
    hasLatelyUsedPasskey: ({ methods: { hwk = 0, swk = 0 } }) => clock.now() - Math.max(hwk, swk) < authenticatedFor,
    end: (store, tokenHash) => sessions.remove(store, tokenHash),
    endOne: (store, accountId, id, by = 'elsewhere') => sessions.endOne(store, accountId, id, { by, now: clock.now() }),
    endOthers: (store, accountId, kept, by) => sessions.endAll(store, accountId, kept, { by, now: clock.now() }),
    pageOf: ({ account, here }, position) => {
      const those = { accountId: account.id, here, endings: endings(clock.now(), limitsOf(account, limits)) }
      return readPage(position, (beside, most) => sessions.beside(database.db, those, beside, most))
    },
    lastSeen,
    countUsed: (since, most) => countUsedSessions(database, since, most),
    purge: () => purgeSessions(database, clock.now(), limits),
  }
}
