// API keys: making one, and taking it back. No key may do either. Knows no HTTP and no SQL.
import { z } from 'zod'
import { isGroupName } from '../../config/group-name.ts'
import type { Store } from '../../database/transaction.ts'
import type { AuditRecord } from '../../identity/audit/storage.ts'
import { longestLife, shortestLife, usualLife } from '../../identity/keys/limits.ts'
import type { KeyState } from '../../identity/keys/rules.ts'
import { scopes } from '../../identity/keys/scopes.ts'
import type { ApiKey } from '../../identity/keys/storage.ts'
import type { Services } from '../../services.ts'
import type { Act } from './act.rules.ts'

const NewKey = z.object({
  /** By the rule of the names of groups. It names the key in the record. */
  name: z.string(),
  scopes: z.array(z.enum(scopes)).min(1),
  /** Milliseconds until it ends by itself. */
  life: z.int().default(usualLife),
})

export interface ListedKey extends ApiKey {
  state: KeyState
}

export type KeyMade =
  /** `text` is the key: shown once, and stored nowhere. */
  { kind: 'done'; text: string; expiresAt: number } | { kind: 'bad-name' | 'bad-life' | 'exists' }

export const createKey: Act<typeof NewKey, KeyMade> = {
  name: 'create-key',
  input: NewKey,
  needsReason: false,
  scope: null,
  event: 'key.created',
  async run(needs, { actor, reason, source }, _, { name, scopes, life }) {
    if (!isGroupName(name)) return { kind: 'bad-name' }
    if (life < shortestLife || life > longestLife) return { kind: 'bad-life' }
    const key = needs.keys.prepare()
    const expiresAt = needs.clock.now() + life
    const may = [...new Set(scopes)].sort()
    const about = { reason: `${name}: ${may.join(' ')}`, actor, ...(reason && { note: reason }) }
    const done: KeyMade = { kind: 'done', text: key.text, expiresAt }
    const outcome = await recorded(needs, needs.audit.record('key.created', source, about), done, async (trx) => {
      await needs.keys.create(trx, key, { name, scopes: may, by: actor, expiresAt })
      return done
    })
    return outcome === 'duplicate' ? { kind: 'exists' } : outcome
  },
}

const Named = z.object({ name: z.string() })

export type KeyRevoked = { kind: 'done' | 'no-key' | 'was-revoked' }

/** It no longer works from the next request on. */
export const revokeKey: Act<typeof Named, KeyRevoked> = {
  name: 'revoke-key',
  input: Named,
  needsReason: false,
  scope: null,
  event: 'key.revoked',
  async run(needs, { actor, reason, source }, _, { name }) {
    if (!isGroupName(name)) return { kind: 'no-key' }
    const record = needs.audit.record('key.revoked', source, {
      ...{ reason: name, actor, ...(reason && { note: reason }) },
    })
    const done: KeyRevoked = { kind: 'done' }
    const outcome = await recorded(needs, record, done, async (trx) => {
      const did = await needs.keys.revoke(trx, name)
      return did === 'revoked' ? done : { kind: did }
    })
    if (outcome === 'duplicate') throw new Error('nothing here can meet a unique key')
    return outcome
  },
}

/** By name, a page of them, those behind one that is known. `next` is what the page behind it begins after. */
export async function listKeys(
  { keys }: Pick<Services, 'keys'>,
  after?: string,
): Promise<{ keys: ListedKey[]; next: string | undefined }> {
  const found = await keys.list(after)
  const last = found.at(-1)?.name
  const next = last !== undefined && (await keys.list(last)).length > 0 ? last : undefined
  return { keys: found.map((one) => ({ ...one, state: keys.stateOf(one) })), next }
}

/** The one of that name, if it is in force. */
export async function findKey(
  { keys, database }: Pick<Services, 'keys' | 'database'>,
  name: string,
): Promise<ListedKey | undefined> {
  const key = isGroupName(name) ? await keys.findByName(database.db, name) : undefined
  return key && keys.stateOf(key) === 'active' ? { ...key, state: 'active' } : undefined
}

/** The change and its record, both or neither. */
function recorded<Outcome extends { kind: string }>(
  { database, audit }: Pick<Services, 'database' | 'audit'>,
  record: AuditRecord,
  done: Outcome,
  work: (trx: Store) => Promise<Outcome>,
): Promise<Outcome | 'duplicate'> {
  return database.transact(
    async (trx) => {
      const did = await work(trx)
      if (did === done) await audit.write(trx, record)
      return did
    },
    async (db) => ((await audit.isWritten(db, record)) ? done : undefined),
  )
}
