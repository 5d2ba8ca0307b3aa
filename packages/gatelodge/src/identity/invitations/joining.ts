// What a use of an invitation does in its transaction: it is counted, the groups are joined, and the record names who invited.
// Knows no HTTP and no SQL.
import { stringify } from 'uuid'
import type { Store } from '../../database/transaction.ts'
import type { Clock } from '../../time.ts'
import type { RequestSource } from '../audit/request-source.ts'
import type { Audit } from '../audit/rules.ts'
import type { AuditRecord } from '../audit/storage.ts'
import { administratorsGroup } from '../groups/names.ts'
import type { Groups } from '../groups/rules.ts'
import { type Invitation, invitationRows } from './storage.ts'

/** Made before the first try of the transaction. */
export interface Joining {
  accepted: AuditRecord
  groups: { name: string; record: AuditRecord }[]
}

export function prepareJoining(
  { audit }: { audit: Pick<Audit, 'record'> },
  { id, groups, actor }: Invitation,
  account: Buffer,
  source: RequestSource,
): Joining {
  const about = { account, actor }
  return {
    accepted: audit.record('invitation.accepted', source, { ...about, reason: stringify(id) }),
    // None has it. A row that someone has written past the product makes no administrator either (ASVS V8.2.1).
    groups: groups
      .filter((name) => name !== administratorsGroup)
      .map((name) => ({ name, record: audit.record('group.joined', source, { ...about, reason: name }) })),
  }
}

/** The caller holds the account's row. A group that was deleted meanwhile is left out. @returns how many were new. */
export async function joinGroups(
  { groups, audit }: { groups: Pick<Groups, 'join'>; audit: Pick<Audit, 'write'> },
  trx: Store,
  account: Buffer,
  joining: Joining,
): Promise<number | 'too-many-groups'> {
  let joined = 0
  for (const { name, record } of joining.groups) {
    const outcome = await groups.join(trx, account, name)
    if (outcome === 'too-many-groups') return outcome
    if (outcome !== 'joined') continue
    await audit.write(trx, record)
    joined += 1
  }
  return joined
}

/** @param asOf when it was accepted: a start link says so. @returns whether there was a use left. */
export async function useInvitation(
  { clock, audit }: { clock: Clock; audit: Pick<Audit, 'write'> },
  trx: Store,
  { id }: Invitation,
  { accepted }: Joining,
  asOf: number = clock.now(),
): Promise<boolean> {
  if (!(await invitationRows.use(trx, id, asOf))) return false
  await audit.write(trx, accepted)
  return true
}
