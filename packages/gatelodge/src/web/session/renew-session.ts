// A session that goes on under a new token (ASVS V7.2.4), after the password was typed once more or changed. It is no log-in:
// it keeps what was proved before, and no step is asked.
import type { Store } from '../../database/transaction.ts'
import type { Method } from '../../identity/logins/methods.ts'
import type { FoundSession } from '../../identity/sessions/lookup.ts'
import type { NewSession } from '../../identity/sessions/start-storage.ts'
import { renewVisitorCookie } from '../forms/flash.ts'
import type { Context } from '../http/context.ts'
import { requestSourceOf } from '../http/request-source.ts'
import { bearerToken } from './bearer.ts'
import { rememberDevice } from './device-cookie.ts'
import { keepSession } from './session-cookie.ts'

export interface Renewal {
  session: NewSession
  /**
   * Stores it, in the transaction that ends the one before it.
   * @param passwordVersion the one that was typed, or the one that follows from the change.
   * @param factorVersion likewise. Default: the one that the session found.
   * @returns whether the account may still be entered with it.
   */
  start(store: Store, passwordVersion: number, factorVersion?: number): Promise<boolean>
  /** Hands it over, once the transaction is done. @returns the token, where it goes into the answer instead of a cookie. */
  open(): string | undefined
}

/** Of the same kind as the one that goes on. @param proved by which methods just now. Default: the password. */
export function renewSession(c: Context, current: FoundSession, provedBy: Method[] = ['pwd']): Renewal {
  const { sessions, clock } = c.get('services')
  const { account, remembered } = current
  const isBearer = bearerToken(c) !== undefined
  const now = clock.now()
  const methods = { ...current.methods, ...Object.fromEntries(provedBy.map((method) => [method, now])) }
  const session = sessions.prepare({ remembered, isBearer, source: requestSourceOf(c), methods })
  let proved: number | undefined
  return {
    session,
    start(store, passwordVersion, factorVersion = account.factorVersion) {
      proved = passwordVersion
      return sessions.start(store, session, {
        ...{ accountId: account.id, passwordVersion, factorVersion, secondFactor: 'renewal' },
      })
    },
    open() {
      if (isBearer) return session.token
      renewVisitorCookie(c, { keepsLink: true })
      if (proved !== undefined) rememberDevice(c, account.id, proved)
      keepSession(c, session)
      return undefined
    },
  }
}
