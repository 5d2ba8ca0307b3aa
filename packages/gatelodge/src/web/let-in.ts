// The only place where a session starts. Registration, login and a changed password all end here; whatever must still be
// passed before a session (a second factor, a verified address) has its place here too, so that no way in can forget it.
import type { Store } from '../database/transaction.ts'
import type { Credential } from '../identity/passwords/storage.ts'
import type { NewSession } from '../identity/sessions/storage.ts'
import type { Context } from './context.ts'
import { type Device, deviceOf, rememberDevice } from './device-cookie.ts'
import { renewVisit } from './flash.ts'
import { keepSession } from './session-cookie.ts'

export interface Entry {
  session: NewSession
  device: Device
  /** Stores the session, in the transaction of what earned it. @returns whether the proof still held. */
  start(store: Store, proved: Pick<Credential, 'accountId' | 'version'>): Promise<boolean>
  /** Hands the cookies over. Call it once the transaction is done, and then answer. */
  open(): void
}

/** A new token each time: at log-in, at registration, at a changed password (ASVS V7.2.4). */
export function letIn(c: Context, options: { remembered: boolean }): Entry {
  const { sessions } = c.get('services')
  const session = sessions.prepare(options)
  let earnedBy: Pick<Credential, 'accountId' | 'version'> | undefined
  return {
    session,
    device: deviceOf(c),
    start(store, proved) {
      earnedBy = proved
      return sessions.start(store, session, proved)
    },
    open() {
      renewVisit(c)
      if (earnedBy) rememberDevice(c, earnedBy.accountId, earnedBy.version)
      keepSession(c, session)
    },
  }
}
