// The groups that a provider puts a person into: which of ours they are.
import type { ConnectionSetting } from '../../config/connections.ts'
import { administratorsGroup } from '../groups/names.ts'
import { type Claims, textsAt } from './claims.ts'

/**
 * @returns our groups by the mapping, each once. undefined: there is no mapping, or the answer does not say which groups the
 * person is in. An absent claim says that there are none: providers leave an empty list out.
 */
export function groupsFrom({ groups }: Pick<ConnectionSetting, 'groups'>, claims: Claims): string[] | undefined {
  if (!groups) return undefined
  const values = textsAt(claims, groups.claim)
  if (values === 'unreadable') return undefined
  const given = new Set(values)
  return mapped(groups.map.filter(([value]) => given.has(value)))
}

/** All groups that the mapping can give. What it does not know is left alone. */
export function groupsOf({ groups }: Pick<ConnectionSetting, 'groups'>): string[] {
  return mapped(groups?.map ?? [])
}

/** The setting refuses `administrators`; nothing else may make one here either (ASVS V8.2.1). */
function mapped(pairs: readonly (readonly [string, readonly string[]])[]): string[] {
  return [...new Set(pairs.flatMap(([, names]) => names))].filter((name) => name !== administratorsGroup)
}
