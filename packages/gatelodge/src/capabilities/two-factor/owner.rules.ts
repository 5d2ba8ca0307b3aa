// What an owner does with a second factor that is on: takes it off, makes new recovery codes. Knows no HTTP and no SQL.

import type { Account } from '../../identity/accounts/account.ts'
import { recipientOf } from '../../identity/accounts/recipient.ts'
import type { RequestSource } from '../../identity/audit/request-source.ts'
import type { LoginAccount } from '../../identity/logins/login.ts'
import { holdWhileIn } from '../../identity/sessions/hold-while-in.ts'
import type { Services } from '../../services.ts'

export type Missing = { kind: 'missing' } | { kind: 'logged-out' }
/** The event tells whether a second factor is left: a passkey that is asked for behind the password. */
export type RemovalOutcome = { kind: 'removed'; event: 'two-factor.removed' | 'two-factor.app-removed' } | Missing
export type RenewalOutcome = { kind: 'renewed'; codes: string[] } | Missing

type Needs = Pick<Services, 'database' | 'accounts' | 'secondFactors' | 'sessionRows' | 'audit' | 'emails'>

interface Owner {
  account: LoginAccount & Pick<Account, 'asksPasskeySince'>
  tokenHash: Buffer
  source: RequestSource
}

/** With it go all trusted devices, and with the last second factor the recovery codes. Of several at once, one removes it and is recorded. */
export async function removeFactors(needs: Needs, owner: Owner): Promise<RemovalOutcome> {
  const { secondFactors, database, audit, emails } = needs
  const { account, source } = owner
  const isLast = account.asksPasskeySince === null
  const event = isLast ? 'two-factor.removed' : 'two-factor.app-removed'
  const kind = isLast ? 'two-factor-removed' : 'two-factor-app-removed'
  const record = audit.record(event, source, { account: account.id })
  const message = emails.prepare({ kind, accountId: account.id, to: recipientOf(account), source })
  const removed: RemovalOutcome = { kind: 'removed', event }
  const outcome = await database.transact(
    async (trx): Promise<RemovalOutcome> => {
      const held = await holdWhileIn(needs, trx, owner)
      if (!held) return { kind: 'logged-out' }
      // Changed in another tab: the page shows what there is now.
      if ((held.asksPasskeySince === null) !== isLast) return { kind: 'missing' }
      if (!(await secondFactors.removeApp(trx, held))) return { kind: 'missing' }
      await audit.write(trx, record)
      await emails.notify(trx, message)
      return removed
    },
    async (db) => ((await audit.isWritten(db, record)) ? removed : undefined),
  )
  return outcome === 'duplicate' ? removed : outcome
}

/** The old ones are void. @throws {Busy} where too much is being hashed. */
export async function renewCodes(needs: Needs, owner: Owner): Promise<RenewalOutcome> {
  const { secondFactors, database, audit, emails } = needs
  const { account, source } = owner
  if (!account.hasSecondFactor) return { kind: 'missing' }
  const made = await secondFactors.makeCodes(source.clientAddress)
  const record = audit.record('recovery-codes.renewed', source, { account: account.id })
  const to = recipientOf(account)
  const message = emails.prepare({ kind: 'recovery-codes-renewed', accountId: account.id, to, source })
  const renewed: RenewalOutcome = { kind: 'renewed', codes: made.codes }
  const outcome = await database.transact(
    async (trx): Promise<RenewalOutcome> => {
      const held = await holdWhileIn(needs, trx, owner)
      if (!held) return { kind: 'logged-out' }
      if (!held.hasSecondFactor) return { kind: 'missing' }
      await secondFactors.replaceCodes(trx, account.id, made)
      await audit.write(trx, record)
      await emails.notify(trx, message)
      return renewed
    },
    async (db) => ((await secondFactors.hasCodes(db, made)) ? renewed : undefined),
  )
  return outcome === 'duplicate' ? renewed : outcome
}
