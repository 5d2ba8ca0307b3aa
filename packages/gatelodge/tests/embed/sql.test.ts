// The statements of docs/integrating/sql.md, as they stand there, on each database that they are for.
import { createHash } from 'node:crypto'
import { DatabaseSync } from 'node:sqlite'
import { createConnection } from 'mysql2/promise'
import { afterAll, beforeAll, expect, it } from 'vitest'
import type { Gatelodge } from '../../src/index.ts'
import { onEachDatabase, type TestDatabase } from '../support/databases.ts'
import { document } from '../support/documents.ts'
import { openGatelodge } from '../support/embed.ts'

const sections = { SQLite: 'SQLite', MySQL: 'MySQL and MariaDB' }
const sample = '01995b7e-0000-7000-8000-000000000000'

function blocks({ name }: TestDatabase): { only: string; sql: string }[] {
  const section = document('docs/integrating/sql.md').split(`\n## ${sections[name]}\n`)[1]?.split('\n## ')[0] ?? ''
  return [...section.matchAll(/^```sql ?(\w*)\n(.*?)^```$/gms)].map((match) => ({
    only: match[1] ?? '',
    sql: match[2] ?? '',
  }))
}

type Row = Record<string, unknown>

async function runOn({ name, url }: TestDatabase, sql: string): Promise<Row[]> {
  if (name === 'SQLite') {
    const file = new DatabaseSync(url.slice('sqlite:'.length))
    try {
      return file.prepare(sql).all() as Row[]
    } finally {
      file.close()
    }
  }
  const connection = await createConnection({ uri: url, disableEval: true })
  try {
    const [rows] = await connection.query(sql)
    return Array.isArray(rows) ? (rows as Row[]) : []
  } finally {
    await connection.end()
  }
}

onEachDatabase('The SQL of the guide', (database) => {
  let gatelodge: Gatelodge
  let id: string
  beforeAll(async () => {
    gatelodge = await openGatelodge(database)
    id = (await gatelodge.test.loginAs({ email: 'ada@example.org', name: 'Ada' })).account.id
  })
  afterAll(() => gatelodge.close())

  it('shows accounts with ids as the app knows them, and finds one by id and by address', async () => {
    const plain = blocks(database).filter(({ only }) => only === '')
    const found: Row[][] = []
    for (const { sql } of plain) found.push(await runOn(database, sql.replace(sample, id)))
    const [, all, byId, byAddress] = found
    expect(all?.map((row) => ({ ...row }))).toEqual([{ id, name: 'Ada', email_verified: 1 }])
    expect(byId?.map((row) => ({ ...row }))).toEqual([{ name: 'Ada', email: 'ada@example.org' }])
    const hex = id.replaceAll('-', '').toUpperCase()
    const expected = [{ id: hex, name: 'Ada', email: 'ada@example.org' }]
    expect(byAddress?.map((row) => ({ ...row }))).toEqual(database.name === 'SQLite' ? undefined : expected)
  })

  it('shows what email_key is', async () => {
    const [row] = await runOn(database, 'SELECT hex(email_key) AS digest FROM gatelodge_accounts')
    const digest = createHash('sha256').update('ada@example.org').digest('hex').toUpperCase()
    expect(row?.digest).toBe(digest)
  })

  it('names the functions that only MySQL has', async () => {
    for (const { sql } of blocks(database).filter(({ only }) => only === 'mysql')) {
      const [server] = await runOn(database, 'SELECT version() AS version')
      const rows = runOn(database, sql.replace(sample, id))
      if (String(server?.version).includes('MariaDB')) await expect(rows).rejects.toThrow('does not exist')
      else expect((await rows).map((row) => ({ ...row }))).toEqual([{ id, name: 'Ada', email: 'ada@example.org' }])
    }
    expect(blocks(database).some(({ only }) => only === 'mysql')).toBe(database.name === 'MySQL')
  })
})
