// Groups that follow what a provider says (docs/integrating/providers.md). Those that its mapping does not know stay as they
// are. Knows no HTTP and no SQL.
import type { Store } from '../../database/transaction.ts'
import type { RequestSource } from '../../identity/audit/request-source.ts'
import { groupsOf } from '../../identity/connections/groups.ts'
import type { Services } from '../../services.ts'
import type { ProviderProof } from './proof.rules.ts'

interface Member {
  id: Buffer
  /** As they were read before. */
  groups: readonly string[]
  /** The connection is made by this very login. */
  isFirst: boolean
}

/** In a transaction that holds the account's row. */
export type GroupChange = (trx: Store) => Promise<void>

/**
 * Made before the first try, so that a retry repeats its records. A group that does not exist, or for which the account has no
 * room, is left out: that keeps nobody from logging in.
 * @returns undefined where nothing is to change.
 */
export function groupChange(
  { groups, audit, connections }: Pick<Services, 'groups' | 'audit' | 'connections'>,
  { setting, profile }: Pick<ProviderProof, 'setting' | 'profile'>,
  member: Member,
  source: RequestSource,
): GroupChange | undefined {
  if (!setting.groups || !profile.groups) return undefined
  const isOnce = setting.groups.when === 'first-login'
  if (isOnce && !member.isFirst) return undefined
  const known = groupsOf(setting)
  // The mapping may have changed since the profile was made.
  const wanted = known.filter((name) => profile.groups?.includes(name))
  const about = { account: member.id, actor: `connection:${setting.name}` }
  const changes = (event: 'group.joined' | 'group.left', names: string[]) =>
    names.map((name) => ({ name, record: audit.record(event, source, { ...about, reason: name }) }))
  const isIn = (name: string) => member.groups.includes(name)
  const left = isOnce
    ? []
    : changes(
        'group.left',
        known.filter((name) => isIn(name) && !wanted.includes(name)),
      )
  const joined = changes(
    'group.joined',
    wanted.filter((name) => !isIn(name)),
  )
  if (left.length + joined.length === 0) return undefined
  return async (trx) => {
    for (const { name, record } of left)
      if ((await groups.leave(trx, member.id, name)) === 'left') await audit.write(trx, record)
    for (const { name, record } of joined) {
      const outcome = await groups.join(trx, member.id, name)
      if (outcome === 'joined') await audit.write(trx, record)
      if (outcome === 'no-group') connections.noteMissingGroup(setting.name, name)
    }
  }
}
