// Writes a backup: aside first, read again and compared, then under its name. Memory holds a page of rows.
import { createWriteStream, existsSync, linkSync, renameSync, rmSync, statSync } from 'node:fs'
import { open } from 'node:fs/promises'
import { dirname } from 'node:path'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { createGzip } from 'node:zlib'
import { createSum, type TableSum } from '../../database/content/checksum.ts'
import type { Snapshot } from '../../database/content/read.ts'
import type { TableShape } from '../../database/content/shape.ts'
import type { Progress } from '../import/progress.ts'
import { encryption } from './encryption.ts'
import type { Manifest } from './manifest.ts'

/** Under this name a backup is written until it is whole. */
export const draftOf = (file: string) => `${file}.${process.pid}.unfinished`

/** @param path made here, for its owner alone. @returns what was read. @throws {Error} where it cannot be written. */
export async function writeBackup(
  path: string,
  snapshot: Snapshot,
  { manifest, passphrase, progress }: { manifest: Manifest; passphrase: string | undefined; progress: Progress },
): Promise<Map<string, TableSum>> {
  const sums = new Map<string, TableSum>()
  const total = manifest.tables.reduce((sum, { rows }) => sum + rows, 0)
  const lines = linesOf(manifest, snapshot, sums, (rows) => progress.at(rows, rows / total))
  const sealing = passphrase === undefined ? undefined : await encryption(passphrase)
  async function* sealed(chunks: AsyncIterable<Buffer>) {
    if (!sealing) return yield* chunks
    yield sealing.head
    yield* sealing.seal(chunks)
  }
  const file = createWriteStream(path, { flags: 'wx', mode: 0o600 })
  await pipeline(Readable.from(inChunks(lines)), createGzip(), sealed, file)
  progress.end()
  return sums
}

async function* linesOf(
  manifest: Manifest,
  snapshot: Snapshot,
  sums: Map<string, TableSum>,
  onRows: (done: number) => void,
): AsyncGenerator<string> {
  let done = 0
  yield JSON.stringify(manifest)
  for (const table of manifest.tables as TableShape[]) {
    const summing = createSum()
    yield JSON.stringify({ table: table.name })
    for await (const line of snapshot.lines(table)) {
      summing.add(line)
      done += 1
      if (done % 250 === 0) onRows(done)
      yield line
    }
    const sum = summing.sum()
    sums.set(table.name, sum)
    yield JSON.stringify({ table: table.name, ...sum })
  }
  onRows(done)
  yield JSON.stringify({ end: { tables: manifest.tables.length, rows: done } })
}

async function* inChunks(lines: AsyncIterable<string>): AsyncGenerator<Buffer> {
  let held: string[] = []
  let length = 0
  for await (const line of lines) {
    held.push(line, '\n')
    length += line.length
    if (length < 64 * 1024) continue
    yield Buffer.from(held.join(''))
    held = []
    length = 0
  }
  yield Buffer.from(held.join(''))
}

/** The disk has it, and it gets its name. @throws {Error} where something has that name by now: it stays as it is. */
export async function publish(draft: string, file: string): Promise<number> {
  const { size } = statSync(draft)
  await synced(draft)
  try {
    linkSync(draft, file)
    rmSync(draft)
  } catch (error) {
    // A disk without links. Between the look and the renaming another program could be quicker; here alone.
    if ((error as NodeJS.ErrnoException).code === 'EEXIST' || existsSync(file)) throw new Error(taken(file))
    renameSync(draft, file)
  }
  await synced(dirname(file)).catch(() => {})
  return size
}

export const taken = (file: string) => `${file} is there already and is not overwritten. Take another name.`

async function synced(path: string): Promise<void> {
  const file = await open(path, 'r')
  try {
    await file.sync()
  } finally {
    await file.close()
  }
}
