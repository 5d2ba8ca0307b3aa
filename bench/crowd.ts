// Very many accounts, written past the product straight into its tables: registering a million people would take hours.
import { createHash, randomBytes } from 'node:crypto'
import { DatabaseSync } from 'node:sqlite'
import { hash } from '@node-rs/argon2'
import { createConnection } from 'mysql2/promise'
import { parameters } from './rows/raw-hashes.ts'

const password = 'violet tram lamp'
const batch = 1_000

/** The person with that number. Everyone has the same password. */
export const personOf = (number: number) => ({ email: `person-${number}@example.org`, password })

/** The session cookie of the person with that number. */
export const sessionOf = (number: number) => `gatelodge=${tokenOf(number)}`

const tokenOf = (number: number) => sha256(`token ${number}`).toString('base64url')
const sha256 = (text: string) => createHash('sha256').update(text).digest()

type Insert = (table: string, rows: unknown[][]) => Promise<void>

/**
 * Fills the product's empty tables with that many accounts, each with a password and a session.
 * @param sealed gives each an app: its secret, as the product stores it.
 */
export async function fill(databaseUrl: string, many: number, sealed?: (id: Buffer) => string): Promise<void> {
  const known = await hash(password, parameters)
  const { insert, close } = await connect(databaseUrl)
  for (let first = 0; first < many; first += batch) {
    const numbers = Array.from({ length: Math.min(batch, many - first) }, (_, index) => first + index)
    const people = numbers.map((number) => ({ number, id: idOf(number), ...personOf(number) }))
    const now = Date.now()
    await insert(
      `gatelodge_accounts (id, name, email, email_key, created_at, password_version, password_changed_at, factor_version,
        has_app, member_of, recent, email_sorted, name_sorted)`,
      people.map(({ id, email }) => [
        ...[id, 'Ada Lovelace', email, sha256(email), now, 1, now, 1, sealed ? 1 : 0, '', ''],
        ...[email, 'ada lovelace'],
      ]),
    )
    await insert(
      'gatelodge_passwords (account_id, hash)',
      people.map(({ id }) => [id, known]),
    )
    await insert(
      'gatelodge_sessions (token_hash, account_id, created_at, last_seen_at, remembered, methods)',
      people.map(({ id, number }) => [sha256(tokenOf(number)), id, now, now, 1, JSON.stringify({ pwd: now })]),
    )
    if (sealed)
      await insert(
        'gatelodge_totp (account_id, secret, last_step, created_at)',
        people.map(({ id }) => [id, sealed(id), 0, now]),
      )
  }
  await close()
}

/** A UUID version 7, as the product's own ids are: sorts by the moment it was made. */
function idOf(number: number): Buffer {
  const id = randomBytes(16)
  id.writeUIntBE(number, 0, 6)
  id.writeUInt8(0x70 | (id.readUInt8(6) & 0x0f), 6)
  id.writeUInt8(0x80 | (id.readUInt8(8) & 0x3f), 8)
  return id
}

async function connect(databaseUrl: string): Promise<{ insert: Insert; close(): Promise<void> }> {
  if (!databaseUrl.startsWith('sqlite:')) {
    const connection = await createConnection(databaseUrl)
    return {
      async insert(table, rows) {
        await connection.query(`insert into ${table} values ?`, [rows])
      },
      close: () => connection.end(),
    }
  }
  const database = new DatabaseSync(databaseUrl.slice('sqlite:'.length))
  database.exec('pragma busy_timeout = 10000')
  return {
    async insert(table, rows) {
      const statement = database.prepare(`insert into ${table} values (${rows[0]?.map(() => '?').join(', ')})`)
      database.exec('begin immediate')
      for (const row of rows) statement.run(...(row as (string | number | Buffer | null)[]))
      database.exec('commit')
    },
    close: async () => database.close(),
  }
}
