// Opens the live table that is imported.
import { openOtherTable } from '../../database/other-database.ts'
import { digest } from '../../identity/sealing.ts'
import type { RawRow, Source } from './options.ts'
import type { Preset } from './preset.ts'

/** @throws {Error} where it cannot be opened. */
export async function openTable(url: string, preset: Preset & { table: string }): Promise<Source> {
  const { table, join } = preset
  const { count, rows } = await openOtherTable(url, { table, ...(join && { join }) })
  // Without the user and the password, which may change between two runs.
  const place = url.replace(/\/\/[^/]*@/, '//')
  const mark = digest(`${place} ${table}`).subarray(0, 6)
  return { mark, rows: numbered(rows, count) }
}

async function* numbered(rows: AsyncIterable<Record<string, unknown>>, count: number): AsyncGenerator<RawRow> {
  let line = 0
  for await (const values of rows) {
    line += 1
    yield { line, values, share: count === 0 ? 1 : Math.min(1, line / count) }
  }
}
