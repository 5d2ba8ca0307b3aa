// From a row of another system to an account, or the reason why not.
import type { CustomField } from '../../config/custom-fields.ts'
import { isGroupName } from '../../config/group-name.ts'
import { type Address, parseAddress } from '../../identity/accounts/address.ts'
import { type CustomValues, judgeCustomFields } from '../../identity/accounts/custom-fields.ts'
import { nameFrom, parseName } from '../../identity/accounts/name.ts'
import { administratorsGroup, mostGroups } from '../../identity/groups/names.ts'
import type { HashRefusal } from '../../identity/passwords/foreign/given.ts'
import { readForeign } from '../../identity/passwords/foreign/read.ts'
import type { ForeignHash } from '../../identity/passwords/foreign/recipe.ts'
import type { ImportOptions } from './options.ts'
import { type Canonical, canonical, columnInSource } from './preset.ts'
import { isNoMoment, momentOf, totpSecretOf, truthOf } from './values.ts'

export interface ImportedAccount {
  address: Address
  name: string
  createdAt: number
  verifiedAt: number | null
  isDisabled: boolean
  hash: ForeignHash | undefined
  totp: Buffer | undefined
  groups: string[]
  fields: CustomValues
}

export type RowRead = { account: ImportedAccount } | { reason: string; email: string }

interface Surroundings extends Pick<ImportOptions, 'preset' | 'keys' | 'passwordFormat'> {
  fields: CustomField[]
  now: number
}

/** Why a row cannot be taken: the column, and what is wrong with it. */
class Reason extends Error {
  readonly column: string

  constructor(column: string, why: string) {
    super(why)
    this.column = column
  }
}

/** Never throws for what a row holds. */
export function readRow(values: Record<string, unknown>, around: Surroundings): RowRead {
  const row = canonical(values, around.preset)
  const email = row.email ?? ''
  try {
    const [broken] = Object.entries(row).find(([, text]) => typeof text === 'string' && text.includes('\ufffd')) ?? []
    if (broken !== undefined) throw new Reason(broken, 'not-utf-8')
    return { account: accountOf(row, around) }
  } catch (error) {
    if (!(error instanceof Reason)) throw error
    return { reason: `${columnInSource(error.column, around.preset)}: ${error.message}`, email }
  }
}

function accountOf(row: Canonical, around: Surroundings): ImportedAccount {
  const address = parseAddress(row.email ?? '')
  if (!address) throw new Reason('email', row.email ? 'not an address' : 'empty')
  const createdAt = moment(row.created_at, 'created_at') ?? around.now
  if (createdAt > around.now) throw new Reason('created_at', 'in the future')
  return {
    address,
    name: nameOf(row.name, address),
    createdAt,
    verifiedAt: verifiedAt(row, createdAt),
    isDisabled: isDisabled(row, around.now),
    hash: hashOf(row, around),
    totp: totpOf(row),
    groups: groupsOf(row.groups),
    fields: fieldsOf(row.fields, around.fields),
  }
}

function nameOf(given: string | undefined, address: Address): string {
  if (given === undefined) return nameFrom(address.given)
  const parsed = parseName(given)
  if ('name' in parsed) return parsed.name
  if (parsed.refusal === 'empty') return nameFrom(address.given)
  throw new Reason('name', parsed.refusal)
}

function moment(text: string | undefined, column: string): number | undefined {
  if (text === undefined || isNoMoment(text)) return undefined
  const found = momentOf(text)
  if (found === undefined) throw new Reason(column, 'not a moment')
  return found
}

function truth(text: string | undefined, column: string): boolean | undefined {
  if (text === undefined) return undefined
  const found = truthOf(text)
  if (found === undefined) throw new Reason(column, 'neither yes nor no')
  return found
}

/** Where only yes is known: since the account is there. What was not verified stays so. */
function verifiedAt({ email_verified: text, email = '' }: Canonical, createdAt: number): number | null {
  // Clerk lists the addresses that are verified.
  if (text?.includes('@')) return text.split(/[\s,;|]+/).includes(email) ? createdAt : null
  if (!truth(text, 'email_verified')) return null
  const found = /^\d{1,4}$/.test(text ?? '') ? undefined : momentOf(text ?? '')
  return found ?? createdAt
}

function isDisabled({ disabled, active, disabled_until }: Canonical, now: number): boolean {
  if (truth(disabled, 'disabled')) return true
  if (truth(active, 'active') === false) return true
  return (moment(disabled_until, 'disabled_until') ?? 0) > now
}

const hashWords: Record<HashRefusal, string> = {
  'unknown-format': 'of no format that is known here',
  'needs-format': 'does not say how it was made, see --password-format',
  malformed: 'not whole, or not of its format',
  'too-costly': 'takes more time or memory than is allowed here',
  'plain-text': 'the password itself, not a hash',
  'needs-key': 'needs --firebase-config',
}

function hashOf(row: Canonical, { keys, passwordFormat, preset }: Surroundings): ForeignHash | undefined {
  const given = {
    hash: row.password_hash ?? '',
    ...{ salt: row.password_salt, parameters: row.password_parameters, username: row.username },
  }
  const read = readForeign(given, keys, row.password_format ?? passwordFormat ?? preset.passwordFormat)
  if (read.kind === 'refused') throw new Reason('password_hash', hashWords[read.reason])
  return read.kind === 'none' ? undefined : read.hash
}

function totpOf({ totp_secret, totp_secret_text }: Canonical): Buffer | undefined {
  const raw = totp_secret_text === undefined ? undefined : Buffer.from(totp_secret_text)
  const bytes = totp_secret === undefined ? raw : totpSecretOf(totp_secret)
  if (totp_secret === undefined && !raw) return undefined
  if (!bytes || bytes.length < 10 || bytes.length > 64) throw new Reason('totp_secret', 'not one that works here')
  return bytes
}

/** Who runs the site is not for a file to say. */
function groupsOf(text: string | undefined): string[] {
  const names = [
    ...new Set(
      (text ?? '')
        .split(';')
        .map((name) => name.trim())
        .filter(Boolean),
    ),
  ]
  if (names.includes(administratorsGroup))
    throw new Reason('groups', 'administrators are added by "gatelodge admin add"')
  const strange = names.find((name) => !isGroupName(name))
  if (strange !== undefined) throw new Reason('groups', 'a name that no group can have')
  if (names.length > mostGroups) throw new Reason('groups', 'too many')
  return names
}

/** What a site demands of those who register is not demanded of those who come along. */
function fieldsOf(given: Record<string, string>, known: CustomField[]): CustomValues {
  const optional = known.map((field) => ({ ...field, required: false }))
  const asked = Object.fromEntries(
    optional.map(({ name, type }) => {
      const text = given[name]
      return [name, type === 'checkbox' && text !== undefined ? truth(text, `field.${name}`) : text]
    }),
  )
  const { values, problems } = judgeCustomFields(optional, asked)
  const [problem] = problems
  if (problem) throw new Reason(`field.${problem.field}`, problem.code)
  return Object.fromEntries(Object.entries(values).filter(([name]) => given[name] !== undefined))
}
