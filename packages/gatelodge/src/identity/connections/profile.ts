// What a provider says of a person, and whether the site lets such people in.
import type { ConnectionSetting } from '../../config/connections.ts'
import { type Claims, textOf, textsAt } from './claims.ts'
import { groupsFrom } from './groups.ts'

export interface Profile {
  /** Names the person for ever, together with the subject (OpenID Connect Core 1.0, section 2). */
  issuer: string
  subject: string
  /** As the provider gives it. */
  email: string | undefined
  /** The provider says that it belongs to this person, and the site trusts its word. */
  isVerified: boolean
  name: string | undefined
  /** A second factor was proved there, and the site counts it. */
  hasSecondFactor: boolean
  /** Our groups, by the mapping of the site; absent where the provider does not say, or the site maps none. */
  groups?: string[]
}

/** RFC 8176 and what providers send beside it. */
const secondFactors = new Set(['mfa', 'otp', 'hwk', 'swk', 'fpt', 'face', 'pin', 'sc'])

/**
 * @param claims of an ID token whose signature and values were checked.
 * @returns undefined where it names nobody.
 */
export function profileFrom(setting: ConnectionSetting, claims: Claims): Profile | undefined {
  const issuer = textOf(claims.iss, 500)
  // Microsoft's `sub` differs from one client to the next; `oid` names the person in a tenant, and the issuer names that.
  const subject = textOf(setting.kind === 'microsoft' ? claims.oid : claims.sub, 255)
  if (!issuer || !subject) return undefined
  const groups = groupsFrom(setting, claims)
  return {
    ...{ issuer, subject, email: textOf(claims.email, 1_000), name: textOf(claims.name, 200) },
    isVerified: setting.trusted && isVerified(setting, claims),
    hasSecondFactor: setting.countsSecondFactor && amrOf(claims).some((one) => secondFactors.has(one)),
    ...(groups && { groups }),
  }
}

/** Some send booleans as text. */
const isTrue = (claim: unknown) => claim === true || claim === 'true' || claim === 1 || claim === '1'

/** Of Microsoft, only where it says that the owner of the domain has proved it: anyone else's tenant may hold any address. */
function isVerified({ kind }: ConnectionSetting, claims: Claims): boolean {
  return isTrue(kind === 'microsoft' ? claims.xms_edov : claims.email_verified)
}

/** Whether the site lets this person in at all. `groups` is what a provider of one's own sends: its names, not ours. */
export function isAllowed(setting: ConnectionSetting, profile: Profile, claims: Claims): boolean {
  const { domains, tenants, groups } = setting.only
  if (tenants && !tenants.includes(textOf(claims.tid, 200) ?? '')) return false
  if (groups && !isInOne(groups, textsAt(claims, setting.groups?.claim ?? ['groups']))) return false
  if (!domains) return true
  const domain = profile.email?.split('@').at(-1)?.toLowerCase() ?? ''
  return profile.isVerified && domains.some((one) => one.toLowerCase() === domain)
}

const isInOne = (wanted: string[], values: string[] | 'unreadable') =>
  values !== 'unreadable' && wanted.some((one) => values.includes(one))

const amrOf = (claims: Claims) => listOf(claims.amr)

function listOf(claim: unknown): string[] {
  return Array.isArray(claim) ? claim.filter((one) => typeof one === 'string') : []
}
