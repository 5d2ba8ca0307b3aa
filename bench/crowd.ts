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

const givenNames = ['Ada', 'Grace', 'Katherine', 'Hedy', 'Mary', 'Annie', 'Barbara', 'Radia', 'Sophie', 'Joan']

/** Of the person with that number: a tenth of all have the same first name, and nobody the same second one. */
export const nameOf = (number: number) => `${givenNames[number % 10]} ${sha256(`${number}`).toString('hex', 0, 6)}`

/** So many have each of these, however many accounts there are. */
const special = 100
const kinds = ['disabled', 'member', 'app'] as const

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
      accountColumns,
      people.map((one) => accountRow({ ...one, name: nameOf(one.number), hasApp: sealed !== undefined })),
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

/** Accounts that filters look for, spread evenly among the others: disabled, in the group `staff`, with an app. */
export async function fillSpecial(databaseUrl: string, many: number): Promise<void> {
  const { insert, close } = await connect(databaseUrl)
  const now = Date.now()
  const people = kinds.flatMap((kind) =>
    Array.from({ length: special }, (_, at) => {
      const number = Math.floor((at * many) / special)
      return { kind, id: idOf(number), email: `${kind}-${at}@example.org`, name: nameOf(many + at) }
    }),
  )
  await insert(
    accountColumns,
    people.map((one) => accountRow({ ...one, hasApp: one.kind === 'app', isDisabled: one.kind === 'disabled' })),
  )
  const ids = (kind: (typeof kinds)[number]) => people.filter((one) => one.kind === kind).map(({ id }) => id)
  await insert('gatelodge_groups (name, description, created_at, changes)', [['staff', '', now, 0]])
  await insert(
    'gatelodge_group_members (account_id, group_name, added_at)',
    ids('member').map((id) => [id, 'staff', now]),
  )
  await insert(
    'gatelodge_totp (account_id, secret, last_step, created_at)',
    ids('app').map((id) => [id, 'x', 0, now]),
  )
  await close()
}

const accountColumns = `gatelodge_accounts (id, name, email, email_key, created_at, password_version, password_changed_at,
  factor_version, has_app, member_of, recent, email_sorted, name_sorted, disabled_at)`

interface Person {
  id: Buffer
  name: string
  email: string
  hasApp: boolean
  isDisabled?: boolean
}

function accountRow({ id, name, email, hasApp, isDisabled }: Person): unknown[] {
  const now = Date.now()
  const sorted = [email, name.toLowerCase()]
  return [id, name, email, sha256(email), now, 1, now, 1, hasApp ? 1 : 0, '', '', ...sorted, isDisabled ? now : null]
}

/** A UUID version 7, as the product's own ids are: sorts by the moment it was made. */
export function idOf(number: number): Buffer {
  const id = randomBytes(16)
  id.writeUIntBE(number, 0, 6)
  id.writeUInt8(0x70 | (id.readUInt8(6) & 0x0f), 6)
  id.writeUInt8(0x80 | (id.readUInt8(8) & 0x3f), 8)
  return id
}

/** Many batches to a COMMIT, and none of them waits for the disk: what is lost is made again. */
const batchesPerCommit = 50

async function connect(databaseUrl: string): Promise<{ insert: Insert; close(): Promise<void> }> {
  return databaseUrl.startsWith('sqlite:')
    ? connectSqlite(databaseUrl.slice('sqlite:'.length))
    : connectMysql(databaseUrl)
}

async function connectMysql(databaseUrl: string): Promise<{ insert: Insert; close(): Promise<void> }> {
  const connection = await createConnection(databaseUrl)
  await connection.query('set unique_checks = 0, foreign_key_checks = 0')
  let waiting = 0
  return {
    async insert(table, rows) {
      if (waiting === 0) await connection.beginTransaction()
      await connection.query(`insert into ${table} values ?`, [rows])
      waiting = (waiting + 1) % batchesPerCommit
      if (waiting === 0) await connection.commit()
    },
    async close() {
      if (waiting > 0) await connection.commit()
      for (const table of filled) await connection.query(`analyze table ${table}`)
      await connection.end()
    },
  }
}

const filled = ['gatelodge_accounts', 'gatelodge_passwords', 'gatelodge_sessions', 'gatelodge_group_members']

function connectSqlite(file: string): { insert: Insert; close(): Promise<void> } {
  const database = new DatabaseSync(file)
  database.exec('pragma busy_timeout = 10000; pragma synchronous = off; pragma cache_size = -400000')
  let waiting = 0
  return {
    async insert(table, rows) {
      const statement = database.prepare(`insert into ${table} values (${rows[0]?.map(() => '?').join(', ')})`)
      if (waiting === 0) database.exec('begin immediate')
      for (const row of rows) statement.run(...(row as (string | number | Buffer | null)[]))
      waiting = (waiting + 1) % batchesPerCommit
      if (waiting === 0) database.exec('commit')
    },
    async close() {
      if (waiting > 0) database.exec('commit')
      database.close()
    },
  }
}
