// API keys of programs that work for the people who run the site. A key holds a random secret, the database only its hash;
// it ends by itself, and its name stays taken, so that the record never means two keys by one name.
import type { Database } from '../../database/connect.ts'
import type { Store } from '../../database/transaction.ts'
import type { Clock } from '../../time.ts'
import { newId } from '../ids.ts'
import { digest, isTextOf, newToken } from '../sealing.ts'
import type { Scope } from './scopes.ts'
import { type ApiKey, keyRows } from './storage.ts'

/** In front of each key: it tells them from tokens of sessions, and scanners of source code know it. */
export const keyPrefix = 'gla_'

const form = /^gla_([\w-]{22})([\w-]{43})$/

export interface NewKey {
  id: Buffer
  /** Shown once, and stored nowhere. */
  text: string
  secretHash: Buffer
}

export type KeyState = 'active' | 'expired' | 'revoked'

export interface ApiKeys {
  /** Made before the first try of the transaction that stores it. */
  prepare(): NewKey
  /** A second one of that name ends the transaction. */
  create(
    store: Store,
    key: NewKey,
    about: { name: string; scopes: readonly Scope[]; by: string; expiresAt: number },
  ): Promise<void>
  /** Whatever its state. @returns undefined for what is no key of ours. */
  find(text: string): Promise<ApiKey | undefined>
  stateOf(key: Pick<ApiKey, 'revokedAt' | 'expiresAt'>): KeyState
  /** By name, at most a hundred, those behind one that is known. */
  list(after?: string): Promise<ApiKey[]>
  findByName(store: Store, name: string): Promise<ApiKey | undefined>
  /** From the next request on. */
  revoke(store: Store, name: string): Promise<'revoked' | 'was-revoked' | 'no-key'>
  /** Noted in memory. */
  noteUse(key: Pick<ApiKey, 'id'>): void
  /** Writes what was noted. Never throws: what could not be written is forgotten. */
  writeUses(): Promise<void>
}

const most = 100

export function createApiKeys({ db }: Pick<Database, 'db'>, clock: Clock): ApiKeys {
  let used = new Map<string, Buffer>()
  return {
    prepare() {
      const id = newId()
      const secret = newToken()
      return { id, text: `${keyPrefix}${id.toString('base64url')}${secret}`, secretHash: digest(secret) }
    },
    create: (store, { id, secretHash }, { name, scopes, by, expiresAt }) =>
      keyRows.insert(store, { id, name, secretHash, scopes, createdAt: clock.now(), createdBy: by, expiresAt }),
    async find(text) {
      const [, id = '', secret = ''] = form.exec(text) ?? []
      if (secret === '') return undefined
      const key = await keyRows.find(db, Buffer.from(id, 'base64url'))
      return key && isTextOf(secret, key.secretHash) ? key : undefined
    },
    stateOf({ revokedAt, expiresAt }) {
      if (revokedAt !== null) return 'revoked'
      return expiresAt <= clock.now() ? 'expired' : 'active'
    },
    list: (after = '') => keyRows.list(db, after, most),
    findByName: keyRows.findByName,
    async revoke(store, name) {
      if (await keyRows.revoke(store, name, clock.now())) return 'revoked'
      return (await keyRows.findByName(store, name)) ? 'was-revoked' : 'no-key'
    },
    noteUse: ({ id }) => void used.set(id.toString('latin1'), id),
    async writeUses() {
      const ids = [...used.values()]
      used = new Map()
      const keep = () => {
        for (const id of ids) used.set(id.toString('latin1'), id)
      }
      if (ids.length > 0) await keyRows.noteUse(db, ids, clock.now()).catch(keep)
    },
  }
}
