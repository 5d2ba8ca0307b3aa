// Everything that the database holds, past the product: every column of every table, and for SQLite the files themselves.
import { existsSync, readFileSync } from 'node:fs'
import { DatabaseSync } from 'node:sqlite'
import type { Place } from './canaries.ts'
import { ask, type TestDatabase } from './databases.ts'

export async function allRows({ name, url }: TestDatabase): Promise<Place[]> {
  return name === 'SQLite' ? inFile(url.slice('sqlite:'.length)) : inServer(url)
}

function inFile(file: string): Place[] {
  const database = new DatabaseSync(file, { readOnly: true })
  const tables = database.prepare("select name from sqlite_master where type = 'table'").all()
  const rows = tables.flatMap(({ name }) => placesOf(String(name), database.prepare(`select * from "${name}"`).all()))
  database.close()
  const files = ['', '-wal'].map((ending) => file + ending).filter((path) => existsSync(path))
  return [
    ...rows,
    ...files.map((path, index) => ({ name: ['the file', 'its log'][index] ?? path, content: readFileSync(path) })),
  ]
}

async function inServer(url: string): Promise<Place[]> {
  const tables = await ask(
    url,
    'select table_name as name from information_schema.tables where table_schema = database()',
  )
  const places: Place[] = []
  for (const { name } of tables) places.push(...placesOf(String(name), await ask(url, `select * from \`${name}\``)))
  return places
}

function placesOf(table: string, rows: Record<string, unknown>[]): Place[] {
  return rows.flatMap((row) =>
    Object.entries(row).map(([column, value]) => ({
      name: `${table}.${column}`,
      content: value instanceof Uint8Array ? Buffer.from(value) : String(value),
    })),
  )
}
