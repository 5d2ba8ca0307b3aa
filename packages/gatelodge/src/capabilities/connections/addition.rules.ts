// A connection that is added to an account: its row, its record, the groups that follow, and the email. Knows no HTTP and no SQL.
import type { Store } from '../../database/transaction.ts'
import { recipientOf } from '../../identity/accounts/recipient.ts'
import type { RequestSource } from '../../identity/audit/request-source.ts'
import type { ProviderConnection } from '../../identity/connections/storage.ts'
import { newId } from '../../identity/ids.ts'
import type { LoginAccount } from '../../identity/logins/login.ts'
import type { Services } from '../../services.ts'
import { groupChange } from './groups.rules.ts'
import { type ProviderProof, taking } from './proof.rules.ts'

interface Addition {
  id: Buffer
  /** @returns false: another copy of the answer was quicker. */
  take(trx: Store): Promise<boolean>
  /** The account's row is held. */
  write(trx: Store): Promise<void>
}

type Needs = Pick<Services, 'clock' | 'database' | 'groups' | 'connections' | 'audit'>

/** Made before the first try, so that a retry stores the same. */
export function prepareAddition(
  needs: Needs,
  proof: ProviderProof,
  account: { id: Buffer; groups: readonly string[] },
  source: RequestSource,
): Addition {
  const { connections, audit } = needs
  const connection = newConnection(needs, proof, account.id)
  const changeGroups = groupChange(needs, proof, { id: account.id, groups: account.groups, isFirst: true }, source)
  const record = audit.record('connection.added', source, { account: account.id, reason: proof.setting.name })
  return {
    id: connection.id,
    take: taking(needs, proof),
    async write(trx) {
      await connections.rows.insert(trx, connection)
      await audit.write(trx, record)
      await changeGroups?.(trx)
    },
  }
}

function newConnection({ clock }: Needs, { setting, profile }: ProviderProof, accountId: Buffer): ProviderConnection {
  const now = clock.now()
  const { issuer, subject, email = null } = profile
  return {
    ...{ id: newId(), accountId, provider: setting.name, issuer, subject, email },
    ...{ createdAt: now, lastUsedAt: now },
  }
}

export function connectionAdded(
  { emails }: Pick<Services, 'emails'>,
  { setting }: ProviderProof,
  account: LoginAccount,
  source: RequestSource,
) {
  return emails.prepare({
    ...{ kind: 'connection-added', accountId: account.id, to: recipientOf(account), source },
    provider: setting.label,
  })
}
