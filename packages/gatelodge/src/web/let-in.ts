// The only place where a session starts. Registration, login and a changed password all end here; and here the gates are
// walked, the list of what must be passed before a session (a verified address), so that no way in can forget one.
import type { Store } from '../database/transaction.ts'
import type { Credential } from '../identity/passwords/storage.ts'
import type { NewSession } from '../identity/sessions/storage.ts'
import { askerOf } from './asker.ts'
import type { Context } from './context.ts'
import { type Device, deviceOf, rememberDevice } from './device-cookie.ts'
import { currentVisit, keepInVisit, renewVisit } from './flash.ts'
import type { Gate } from './gate.ts'
import { keepSession } from './session-cookie.ts'

export interface Entry {
  session: NewSession
  device: Device
  /** Whether this account must pass something else first. Ask before `start`, which says no where it must. */
  isStopped(account: Pick<Credential, 'verifiedAt'>): boolean
  /** Stores the session, in the transaction of what earned it. @returns whether the proof still held. */
  start(store: Store, proved: Pick<Credential, 'accountId' | 'version'>): Promise<boolean>
  /**
   * Hands the cookies over, and tells the app that holds us. Call it once the transaction is done, and then answer.
   * @returns the token, where it goes into the answer instead.
   */
  open(): Promise<string | undefined>
}

interface Wanted {
  remembered: boolean
  /** Somebody is in already, and goes on with that token. */
  renews?: boolean
  /** `bearer`: for an app, which gets no cookie. */
  as?: 'cookie' | 'bearer'
}

/** A new token each time: at log-in, at registration, at a changed password (ASVS V7.2.4). */
export function letIn(c: Context, { remembered, renews, as = 'cookie' }: Wanted): Entry {
  const { sessions, hooks } = c.get('services')
  const asker = askerOf(c)
  const session = sessions.prepare({ remembered, isBearer: as === 'bearer', asker })
  let earnedBy: Pick<Credential, 'accountId' | 'version'> | undefined
  return {
    session,
    device: deviceOf(c),
    isStopped: (account) => nextGate(c, account) !== undefined,
    start(store, proved) {
      earnedBy = proved
      return sessions.start(store, session, proved)
    },
    async open() {
      if (as === 'cookie') {
        renewVisit(c, { keepsLink: true })
        if (earnedBy) rememberDevice(c, earnedBy.accountId, earnedBy.version)
        keepSession(c, session)
      }
      if (earnedBy && !renews) await hooks.loggedIn(earnedBy.accountId, asker)
      return as === 'bearer' ? session.token : undefined
    },
  }
}

/**
 * Who has to pass a gate waits in the sealed cookie, and where one was going too.
 * @returns where the first gate stands.
 */
export function stopAtGate(
  c: Context,
  { accountId, returnTo }: { accountId: Buffer; returnTo: string | undefined },
): string {
  const gate = nextGate(c, { verifiedAt: null })
  if (!gate) throw new Error('there is no gate to stop at')
  const { wayIn } = currentVisit(c) ?? {}
  renewVisit(c, { keepsLink: true })
  keepInVisit(c, { waiting: { account: accountId.toString('base64url') }, returnTo, wayIn })
  return gate.path
}

function nextGate(c: Context, account: Pick<Credential, 'verifiedAt'>): Gate | undefined {
  return c.get('gates').find((gate) => gate.stops(c.get('services').settings, account))
}
