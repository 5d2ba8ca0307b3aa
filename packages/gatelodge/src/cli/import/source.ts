// Opens the file that is imported.
import { createReadStream } from 'node:fs'
import { open } from 'node:fs/promises'
import { extname } from 'node:path'
import { digest } from '../../identity/sealing.ts'
import type { Source } from './options.ts'
import { type Preset, pathsOf } from './preset.ts'
import { csvRows } from './read/csv.ts'
import { jsonRows } from './read/json.ts'
import { ldifRows } from './read/ldif.ts'
import { ndjsonRows } from './read/ndjson.ts'

export const formats = ['csv', 'json', 'ndjson', 'ldif'] as const
export type Format = (typeof formats)[number]

const byName: Record<string, Format> = {
  ...{ '.csv': 'csv', '.tsv': 'csv', '.json': 'json', '.ndjson': 'ndjson', '.jsonl': 'ndjson', '.ldif': 'ldif' },
}

export function formatOf(path: string): Format | undefined {
  return byName[extname(path).toLowerCase()]
}

const begin = 64 * 1024

/** @throws {Error} where the file cannot be read, or is no text in UTF-8. */
export async function openFile(path: string, format: Format, preset: Preset): Promise<Source> {
  const file = await open(path)
  const { size } = await file.stat()
  const { buffer, bytesRead } = await file.read(Buffer.alloc(begin), 0, begin, 0)
  await file.close()
  const head = buffer.subarray(0, bytesRead)
  if ((head[0] === 0xff && head[1] === 0xfe) || (head[0] === 0xfe && head[1] === 0xff))
    throw new Error('The file is UTF-16. Save it as UTF-8.')
  const mark = digest(`${size} ${head.toString('latin1')}`).subarray(0, 6)
  const chunks = bytesOf(path)
  const rows = {
    csv: () => csvRows(chunks, size, pathsOf('email', preset)),
    json: () => jsonRows(chunks, size, preset.list),
    ndjson: () => ndjsonRows(chunks, size),
    ldif: () => ldifRows(chunks, size),
  }[format]()
  return { mark, rows }
}

/** Opened with the first row: an import that is refused before has nothing to close. */
async function* bytesOf(path: string): AsyncGenerator<Buffer> {
  yield* createReadStream(path)
}
