// Providers that people may log in with: five known ones by two settings each, and any that speaks OpenID Connect.
import { z } from 'zod'
import { ownFile } from './branding.ts'
import { type GroupMapping, groupMapping } from './connection-groups.ts'
import { namedList } from './named-list.ts'
import { loopback } from './server-url.ts'
import { isOneLine, oneLine, oneOf } from './values.ts'

/** How a provider is asked. `github` speaks OAuth 2.0 only; the others speak OpenID Connect. */
export type ConnectionKind = 'google' | 'github' | 'gitlab' | 'microsoft' | 'apple' | 'oidc'

interface Preset {
  label: string
  issuer: string
  scopes: string[]
  /** Whether an address that it calls verified is one. */
  trusted: boolean
}

/** In the order in which their buttons stand, where variables set them up. */
export const presets: Record<Exclude<ConnectionKind, 'oidc'>, Preset> = {
  google: {
    ...{ label: 'Google', issuer: 'https://accounts.google.com', trusted: true },
    scopes: ['openid', 'email', 'profile'],
  },
  github: {
    ...{ label: 'GitHub', issuer: 'https://github.com', trusted: true },
    scopes: ['read:user', 'user:email'],
  },
  gitlab: {
    ...{ label: 'GitLab', issuer: 'https://gitlab.com', trusted: true },
    scopes: ['openid', 'email', 'profile'],
  },
  microsoft: {
    // Its addresses count only beside `xms_edov`: a tenant's administrator can write any address (nOAuth, CVE-2024-21632).
    ...{ label: 'Microsoft', issuer: 'https://login.microsoftonline.com/common/v2.0', trusted: true },
    scopes: ['openid', 'email', 'profile'],
  },
  apple: {
    ...{ label: 'Apple', issuer: 'https://appleid.apple.com', trusted: true },
    scopes: ['openid', 'email', 'name'],
  },
}

const nameAllowed = 'small letters, digits and -, 30 at most'
const line = oneLine(500)
const issuerAllowed = 'an https address such as https://id.example.org'

const issuer = z.string({ error: issuerAllowed }).refine(isIssuer, { error: issuerAllowed })

/** https, but for a server on this machine (ASVS V12.3.1). */
function isIssuer(given: string): boolean {
  if (!URL.canParse(given)) return false
  const url = new URL(given)
  const isSafe = url.protocol === 'https:' || (url.protocol === 'http:' && loopback.has(url.hostname))
  return isSafe && !url.username && !url.password && !url.search && !url.hash
}

const yesOrNo = z.boolean({ error: 'true or false' })
const texts = { error: 'a list of texts, up to 100' }
const secret = { error: 'the secret, as the provider shows it' }
const lines = z.array(oneLine(200), texts).min(1, texts).max(100, texts)
const pem = { error: 'the key, as the file of Apple has it' }
const appleKey = { error: 'an object: teamId, keyId and privateKey' }
const limits = { error: 'an object: domains, tenants or groups' }
const notAnObject = { error: 'an object with the keys that docs/integrating/providers.md lists' }

const connection = z.strictObject(
  {
    /** Stands in its addresses: `/login/with/NAME`. */
    name: z.string({ error: nameAllowed }).regex(/^[a-z][a-z\d-]{0,29}$/, nameAllowed),
    kind: oneOf(['google', 'github', 'gitlab', 'microsoft', 'apple', 'oidc']).optional(),
    label: oneLine(40).optional(),
    /** A picture on its button: ours where the provider is known, none otherwise. */
    logo: ownFile(['.svg', '.png'], 20 * 1024).optional(),
    issuer: issuer.optional(),
    clientId: line,
    clientSecret: z.string(secret).min(1, secret).max(4_000, secret).refine(isOneLine, secret).optional(),
    /** Apple has no secret but a key: a new secret is signed with it whenever one is needed. */
    key: z
      .strictObject({ teamId: line, keyId: line, privateKey: z.string(pem).min(1, pem).max(4_000, pem) }, appleKey)
      .optional(),
    scopes: lines.optional(),
    trusted: yesOrNo.optional(),
    only: z
      .strictObject({ domains: lines.optional(), tenants: lines.optional(), groups: lines.optional() }, limits)
      .optional(),
    /** Which of its groups are which of ours. */
    groups: groupMapping.optional(),
    /** Whether people without an account may come in. */
    registers: yesOrNo.default(true),
    /** Whether a second factor that was proved there counts here. */
    countsSecondFactor: yesOrNo.default(false),
  },
  notAnObject,
)

export type ConnectionInput = z.input<typeof connection>

/** A provider, with all that is known of it filled in. */
export interface ConnectionSetting {
  name: string
  kind: ConnectionKind
  label: string
  logo: string | undefined
  issuer: string
  clientId: string
  clientSecret: string | undefined
  key: { teamId: string; keyId: string; privateKey: string } | undefined
  scopes: string[]
  trusted: boolean
  only: { domains?: string[] | undefined; tenants?: string[] | undefined; groups?: string[] | undefined }
  groups: GroupMapping | undefined
  registers: boolean
  countsSecondFactor: boolean
}

/** An array, or the same as JSON. */
export const connectionList = namedList({
  ...{ entry: connection, what: 'providers', most: 10, keys: Object.keys(connection.shape), faultsOf },
}).transform((all): ConnectionSetting[] => all.map(completed))

type Given = z.output<typeof connection>

function kindOf({ name, kind }: { name?: unknown; kind?: unknown }): ConnectionKind {
  if (typeof kind === 'string') return kind as ConnectionKind
  return typeof name === 'string' && Object.hasOwn(presets, name) ? (name as ConnectionKind) : 'oidc'
}

function faultsOf(given: Record<string, unknown>): string[] {
  const kind = kindOf(given)
  const faults: string[] = []
  if (kind === 'oidc' && given.issuer === undefined) faults.push('its issuer is missing')
  if (given.clientSecret === undefined && given.key === undefined) faults.push('its clientSecret is missing')
  if (given.groups !== undefined && kind === 'github') faults.push('GitHub has no claims that groups could come from')
  if (given.key !== undefined && kind !== 'apple') faults.push('only Apple has a key')
  return faults
}

function completed(given: Given): ConnectionSetting {
  const kind = kindOf(given)
  const preset = kind === 'oidc' ? undefined : presets[kind]
  return {
    ...{ name: given.name, kind, clientId: given.clientId, clientSecret: given.clientSecret, key: given.key },
    ...{ registers: given.registers, countsSecondFactor: given.countsSecondFactor, only: given.only ?? {} },
    label: given.label ?? preset?.label ?? given.name,
    logo: given.logo,
    groups: given.groups,
    issuer: given.issuer ?? preset?.issuer ?? '',
    scopes: given.scopes ?? preset?.scopes ?? ['openid', 'email', 'profile'],
    trusted: given.trusted ?? preset?.trusted ?? false,
  }
}

/** What two settings say of a known provider. */
export function fromPair(kind: keyof typeof presets, clientId: string, clientSecret: string): ConnectionSetting {
  return completed(connection.parse({ name: kind, clientId, clientSecret }))
}
