// CSV by csv-parse: the first line names the columns.
import { pipeline } from 'node:stream'
import { parse } from 'csv-parse'
import type { RawRow } from '../options.ts'
import { longestRecord } from './lines.ts'

/**
 * @param needed one of these columns must be there. A column may hold JSON: `traits.email` needs `traits`.
 * @throws {Error} for a head that cannot be used, and for a file that is no CSV.
 */
export async function* csvRows(
  chunks: AsyncIterable<Buffer>,
  size: number,
  needed: readonly string[],
): AsyncGenerator<RawRow> {
  // Its own `pipe` would tell nobody that reading failed.
  const parser = pipeline(
    chunks,
    parse({
      bom: true,
      delimiter: [',', '\t'],
      info: true,
      max_record_size: longestRecord,
      relax_column_count: true,
      skip_empty_lines: true,
    }),
    () => {},
  )
  let head: string[] | undefined
  let next = 1
  for await (const { record, info } of parser as AsyncIterable<{
    record: string[]
    info: { lines: number; bytes: number }
  }>) {
    // Where it ends: a record with line breaks in it began further up.
    const line = next
    next = info.lines + 1
    if (!head) {
      head = headOf(record)
      demand(head, needed)
      continue
    }
    const share = size === 0 ? 1 : info.bytes / size
    if (record.length === head.length) yield { line, values: namedBy(head, record), share }
    else yield { line, values: undefined, fault: `${record.length} values under ${head.length} columns`, share }
  }
  if (!head) throw new Error('The file is empty.')
}

function headOf(record: string[]): string[] {
  const names = new Set<string>()
  for (const name of record.map((given) => given.trim())) {
    if (names.has(name)) throw new Error(`The first line names the column "${name}" twice.`)
    names.add(name)
  }
  return [...names]
}

function demand(head: string[], needed: readonly string[]): void {
  const keys = needed.flatMap((path) => path.split(' + ')).flatMap((path) => [path, /^[^.[]+/.exec(path)?.[0] ?? path])
  if (keys.some((key) => head.includes(key))) return
  throw new Error(
    `Line 1 names no column "${needed.join('" or "')}". It names: ${head.join(', ').slice(0, 300)}. ` +
      'Columns are separated by commas or tabs; --map email=COLUMN names another column for the address.',
  )
}

function namedBy(head: string[], record: string[]): Record<string, unknown> {
  const values: Record<string, unknown> = Object.create(null)
  head.forEach((name, at) => {
    values[name] = record[at]
  })
  return values
}
