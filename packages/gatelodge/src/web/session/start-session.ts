// The transaction that starts a session: what the way in stores, the record, the session itself, the counts and the email
// about a new device, all or nothing. Knows no HTTP.
import type { Store } from '../../database/transaction.ts'
import { recipientOf } from '../../identity/accounts/recipient.ts'
import type { RateLimited } from '../../identity/attempts/rules.ts'
import type { RequestSource } from '../../identity/audit/request-source.ts'
import type { Login } from '../../identity/logins/login.ts'
import type { LoginUnderWay } from '../../identity/logins/storage.ts'
import { digest } from '../../identity/sealing.ts'
import type { NewSession } from '../../identity/sessions/start-storage.ts'
import type { Services } from '../../services.ts'
import { type ChangedMeanwhile, countRest, NotStarted, prepareTries, type Refused, refusalOf } from './transaction.ts'

type Needs = Pick<Services, 'sessions' | 'sessionRows' | 'loginsUnderWay' | 'attempts' | 'audit' | 'emails'>

export interface Start<Refusal> {
  login: Login<Refusal>
  /** Made before, so that a retry stores the same. */
  session: NewSession
  /** The log-in that this finishes. */
  underWay?: LoginUnderWay | undefined
  isNewDevice: boolean
  /** Of the browser. */
  trustTokens: string[]
  source: RequestSource
}

export type Started<Refusal> =
  | { kind: 'started' }
  | { kind: 'duplicate' }
  | ChangedMeanwhile
  | RateLimited
  | Refused<Refusal>

export async function startSession<R>(needs: Needs, start: Start<R>): Promise<Started<R>> {
  const { sessions, sessionRows, loginsUnderWay, attempts, audit, emails } = needs
  const { login, session, underWay, isNewDevice, source } = start
  const { account, methods, way } = login
  const accountId = account.id
  const record = audit.record(way.succeeded, source, { account: accountId, methods })
  const message = emails.prepare({ kind: 'new-device', accountId, to: recipientOf(account), source })
  const secondFactor = methods.mfa === undefined ? start.trustTokens.map(digest) : 'proved'
  const { passwordVersion, factorVersion } = account
  const proved = { accountId, passwordVersion, factorVersion, secondFactor } as const
  const started = { kind: 'started' as const }
  const work = async (trx: Store) => {
    await prepareTries(attempts, trx, login.tries)
    if (underWay && !(await loginsUnderWay.use(trx, underWay, session))) throw new NotStarted()
    const refusal = await login.work?.(trx)
    if (refusal !== undefined) throw new NotStarted(refusal)
    await audit.write(trx, record)
    if (!(await sessions.start(trx, session, proved))) throw new NotStarted()
    if (isNewDevice) await emails.notify(trx, message)
    await countRest(attempts, trx, login.tries)
    return started
  }
  // Only this attempt knows the token: if its row is there, only the answer was lost, and not the session.
  const landed = async (db: Store) => ((await sessionRows.exists(db, session.tokenHash)) ? started : undefined)
  try {
    const outcome = await attempts.within([...(login.tries?.admit ?? []), ...(login.tries?.count ?? [])], work, landed)
    return outcome === 'duplicate' ? { kind: 'duplicate' } : outcome
  } catch (error) {
    return refusalOf<R>(error)
  }
}
