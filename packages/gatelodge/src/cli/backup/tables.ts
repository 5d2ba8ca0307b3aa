// The rows in a backup, table by table: each is compared with its count and its checksum as it is read.
import { createSum, isSameSum, type TableSum } from '../../database/content/checksum.ts'
import type { RowSource } from '../../database/content/fill.ts'
import { rowOf } from '../../database/content/row.ts'
import type { TableShape } from '../../database/content/shape.ts'
import type { Progress } from '../import/progress.ts'
import { altered, BackupFault, truncated } from './fault.ts'
import { BackupEnds, jsonOf, type Manifest, manifestFrom, TableBegins, TableEnds } from './manifest.ts'
import type { BackupFile } from './read.ts'

export interface Checked {
  manifest: Manifest
  sums: Map<string, TableSum>
  rows: number
}

/** Reads all of it. @throws {BackupFault} where it is not what was written. */
export async function checkBackup(backup: BackupFile, progress: Progress): Promise<Checked> {
  let share = 0
  const lines = backup.lines((read) => {
    share = read / backup.size
  })
  try {
    const manifest = manifestFrom(await next(lines))
    const sums = new Map<string, TableSum>()
    let rows = 0
    for (const table of manifest.tables) {
      const read = rowsOf(lines, table, (sum) => sums.set(table.name, sum))
      for await (const line of read) {
        rowIn(table, line)
        rows += 1
        if (rows % 250 === 0) progress.at(rows, share)
      }
      if (sums.get(table.name)?.rows !== table.rows) throw new BackupFault(altered)
    }
    const { data } = BackupEnds.safeParse(jsonOf(await next(lines)))
    if (data?.end.rows !== rows || !(await lines.next()).done) throw new BackupFault(altered)
    progress.end()
    return { manifest, sums, rows }
  } finally {
    await lines.return(undefined)
  }
}

/** In the order of the file it is read once; a table before that, or the same again, is looked for from the beginning. */
export function rowsInBackup(backup: BackupFile, tables: TableShape[]): RowSource {
  let lines: AsyncGenerator<string> | undefined
  let at = 0
  return {
    tables,
    async *lines(table) {
      const wanted = tables.indexOf(table)
      if (!lines || at > wanted) {
        await lines?.return(undefined)
        lines = backup.lines()
        await next(lines)
        at = 0
      }
      for (; at < wanted; at += 1) for await (const _ of rowsOf(lines, tables[at] as TableShape));
      // Where this is left in the middle, the next one begins again.
      at = tables.length
      yield* rowsOf(lines, table)
      at = wanted + 1
    },
  }
}

async function* rowsOf(
  lines: AsyncGenerator<string>,
  { name }: Pick<TableShape, 'name'>,
  onEnd: (sum: TableSum) => void = () => {},
): AsyncGenerator<string> {
  if (TableBegins.safeParse(jsonOf(await next(lines))).data?.table !== name) throw new BackupFault(altered)
  const summing = createSum()
  for (;;) {
    const line = await next(lines)
    if (line.startsWith('[')) {
      summing.add(line)
      yield line
      continue
    }
    const { data } = TableEnds.safeParse(jsonOf(line))
    const sum = summing.sum()
    if (data?.table !== name || !isSameSum(sum, data)) throw new BackupFault(altered)
    return onEnd(sum)
  }
}

function rowIn(table: TableShape, line: string): void {
  try {
    rowOf(table, line)
  } catch {
    throw new BackupFault(altered)
  }
}

async function next(lines: AsyncGenerator<string>): Promise<string> {
  const { done, value } = await lines.next()
  if (done) throw new BackupFault(truncated)
  return value
}
