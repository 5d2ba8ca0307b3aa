// `gatelodge key`: keys of programs that work for the people who run the site.
import { nobody, perform } from '../capabilities/admin/acts.ts'
import { createKey, revokeKey } from '../capabilities/admin/keys.rules.ts'
import { duration, spellDuration } from '../config/values.ts'
import { longestLife, shortestLife, usualLife } from '../identity/keys/limits.ts'
import { type Scope, scopes } from '../identity/keys/scopes.ts'
import type { ApiKey } from '../identity/keys/storage.ts'
import { nearest } from '../nearest.ts'
import type { Services } from '../services.ts'
import { askedBy, notDone } from './acts.ts'
import { isSure, withoutAsking, withReason } from './ask.ts'
import type { Call } from './command.ts'
import { badName } from './group.ts'
import { asJson, iso, moment, printJson, table } from './output.ts'
import { runVerb } from './run-verb.ts'
import type { Verb, VerbCall, Verbs } from './verbs.ts'

const create: Verb = {
  words: 'NAME',
  summary: 'make a key for a program, and print it once',
  options: [
    { name: 'scopes', value: 'SCOPES', about: `what it may do, with commas between: ${scopes.join(', ')}` },
    {
      name: 'expires',
      value: 'TIME',
      about: `when it ends by itself, such as 30d. Default: ${spellDuration(usualLife)}`,
    },
    ...[withReason, asJson],
  ],
  async run({ services, words: [name = ''], options }) {
    const chosen = scopesFrom(options.scopes)
    const life = lifeFrom(options.expires)
    if (!chosen || life === undefined) return 2
    const input = { name, scopes: chosen, life }
    const outcome = await perform(createKey, services, askedBy({ options }), nobody, input)
    const code = notDone(outcome)
    if (code !== undefined) return code
    if (outcome.kind !== 'done') {
      console.error(outcome.kind === 'exists' ? `There is or was a key ${name} already. Take another name.` : badName)
      return outcome.kind === 'exists' ? 1 : 2
    }
    const { text, expiresAt } = outcome as Extract<typeof outcome, { text: string }>
    if (options.json !== undefined) printJson({ name, key: text, scopes: chosen, expires_at: iso(expiresAt) })
    else console.log(text)
    console.error(`This is the only time that the key is shown. It ends on ${moment(expiresAt)}.`)
    return 0
  },
}

function scopesFrom(given = ''): Scope[] | undefined {
  const named = given
    .split(',')
    .map((one) => one.trim())
    .filter(Boolean)
  const strange = named.find((one) => !(scopes as readonly string[]).includes(one))
  if (named.length > 0 && strange === undefined) return named as Scope[]
  const meant = strange === undefined ? undefined : nearest(strange, [...scopes], 3)
  const what = strange === undefined ? 'Say what it may do with --scopes.' : `There is no scope "${strange}".`
  console.error(`${what} ${meant ? `Did you mean "${meant}"?` : `There are: ${scopes.join(', ')}`}`)
  return undefined
}

function lifeFrom(given: string | undefined): number | undefined {
  if (given === undefined) return usualLife
  const read = duration(shortestLife, longestLife).safeParse(given)
  if (read.success) return read.data
  console.error(
    `--expires is a time from ${spellDuration(shortestLife)} to ${spellDuration(longestLife)}, such as 30d.`,
  )
  return undefined
}

async function allKeys({ keys }: Services): Promise<ApiKey[]> {
  const found: ApiKey[] = []
  for (let some = await keys.list(); some.length > 0; some = await keys.list(some.at(-1)?.name)) found.push(...some)
  return found
}

const list: Verb = {
  words: '',
  summary: 'list all keys, also expired and revoked ones',
  options: [asJson],
  async run({ services, options }) {
    const all = await allKeys(services)
    const { stateOf } = services.keys
    if (options.json !== undefined) printJson(all.map((key) => ({ ...told(key), state: stateOf(key) })))
    else {
      const rows = all.map((key) => [
        ...[key.name, stateOf(key), key.scopes.join(' '), moment(key.createdAt), key.createdBy],
        ...[moment(key.expiresAt), moment(key.lastUsedAt)],
      ])
      const heads = ['NAME', 'STATE', 'SCOPES', 'MADE', 'BY', 'EXPIRES', 'LAST USED']
      console.log(rows.length > 0 ? table([heads, ...rows]) : 'There are no keys.')
    }
    return 0
  },
}

const told = ({ name, scopes, createdAt, createdBy, expiresAt, revokedAt, lastUsedAt }: ApiKey) => ({
  ...{ name, scopes, created_at: iso(createdAt), created_by: createdBy },
  ...{ expires_at: iso(expiresAt), revoked_at: iso(revokedAt), last_used_at: iso(lastUsedAt) },
})

const revoke: Verb = {
  words: 'NAME',
  summary: 'revoke a key: it no longer works from the next request on',
  options: [withReason, withoutAsking],
  async run({ services, words: [name = ''], options }: VerbCall) {
    if (!(await isSure(`Revoke the key ${name}?`, options))) return 1
    const { kind } = await perform(revokeKey, services, askedBy({ options }), nobody, { name })
    if (kind === 'no-key') console.error(`There is no key ${name}.`)
    else console.log(`The key ${name} is revoked.`)
    return kind === 'no-key' ? 1 : 0
  },
}

export const verbs: Verbs = { create, list, revoke }

export const run = (call: Call) => runVerb('key', verbs, call)
