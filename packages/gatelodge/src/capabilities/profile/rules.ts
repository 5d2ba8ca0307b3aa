// How someone wants to be called. Knows no HTTP and no SQL.

import type { Account } from '../../identity/accounts/account.ts'
import { type NameRefusal, parseName } from '../../identity/accounts/name.ts'
import { recipientOf } from '../../identity/accounts/recipient.ts'
import type { RequestSource } from '../../identity/audit/request-source.ts'
import type { Services } from '../../services.ts'

export type NameChangeOutcome =
  | { kind: 'changed'; name: string }
  /** It was so already. */
  | { kind: 'same' }
  | { kind: 'refused'; problems: { field: 'name'; code: NameRefusal }[] }
  /** The account was closed meanwhile. */
  | { kind: 'gone' }

type Needs = Pick<Services, 'database' | 'accounts' | 'audit' | 'emails'>

export async function changeName(
  needs: Needs,
  account: Account,
  typed: string,
  source: RequestSource,
): Promise<NameChangeOutcome> {
  const { database, accounts, audit, emails } = needs
  const parsed = parseName(typed)
  if ('refusal' in parsed) return { kind: 'refused', problems: [{ field: 'name', code: parsed.refusal }] }
  const { name } = parsed
  if (name === account.name) return { kind: 'same' }
  const record = audit.record('name.changed', source, { account: account.id })
  const to = recipientOf({ ...account, name })
  const message = emails.prepare({ kind: 'name-changed', accountId: account.id, to, source })
  const changed: NameChangeOutcome = { kind: 'changed', name }
  const outcome = await database.transact(
    async (trx): Promise<NameChangeOutcome> => {
      if (!(await accounts.hold(trx, database.dialect, account.id))) return { kind: 'gone' }
      await accounts.setName(trx, account.id, name)
      await audit.write(trx, record)
      await emails.notify(trx, message)
      return changed
    },
    async (db) => ((await audit.isWritten(db, record)) ? changed : undefined),
  )
  return outcome === 'duplicate' ? changed : outcome
}
