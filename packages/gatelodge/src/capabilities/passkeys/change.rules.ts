// What the rules of an owner share: who asks, whether they still may, and what ends with the first factor. Knows no HTTP and no SQL.

import type { Store } from '../../database/transaction.ts'
import type { EmailKind } from '../../email/template.ts'
import { recipientOf } from '../../identity/accounts/recipient.ts'
import type { AuditedEvent } from '../../identity/audit/events.ts'
import type { RequestSource } from '../../identity/audit/request-source.ts'
import type { LoginAccount } from '../../identity/logins/login.ts'
import type { Services } from '../../services.ts'
import type { Renewal } from '../../web/session/renew-session.ts'

export type Needs = Pick<
  Services,
  | 'clock'
  | 'settings'
  | 'database'
  | 'accounts'
  | 'passwords'
  | 'passkeys'
  | 'connections'
  | 'secondFactors'
  | 'sessions'
  | 'sessionRows'
  | 'audit'
  | 'emails'
  | 'text'
>

export interface SessionOwner {
  account: LoginAccount
  tokenHash: Buffer
  source: RequestSource
}

export type LoggedOut = { kind: 'logged-out' }

/** Thrown, so that all of it goes. */
export class NoLongerAllowed extends Error {}

/** With the first factor of an account all other sessions end, and this one goes on under a new token. */
export async function endOthers({ sessions }: Needs, trx: Store, owner: SessionOwner, renewal: Renewal): Promise<void> {
  const { account, tokenHash } = owner
  await sessions.endOthers(trx, account.id, tokenHash, 'factor-changed')
  if (!(await sessions.end(trx, tokenHash))) throw new NoLongerAllowed()
  const { passwordVersion, factorVersion } = account
  if (!(await renewal.start(trx, passwordVersion, factorVersion + 1))) throw new NoLongerAllowed()
}

/** The record and the email of an act. Made before the first try, so that a retry repeats it. */
export function telling(
  { audit, emails }: Needs,
  { account, source }: SessionOwner,
  names: { event: AuditedEvent; kind: EmailKind },
) {
  const record = audit.record(names.event, source, { account: account.id })
  const message = emails.prepare({ kind: names.kind, accountId: account.id, to: recipientOf(account), source })
  return {
    async write(trx: Store): Promise<void> {
      await audit.write(trx, record)
      await emails.notify(trx, message)
    },
    isWritten: (db: Store) => audit.isWritten(db, record),
  }
}
