// Counts and checksums: whether two places hold the same rows.
import { createHash } from 'node:crypto'
import type { Snapshot } from './read.ts'
import type { TableShape } from './shape.ts'

export interface TableSum {
  rows: number
  /** SHA-256 of all lines in the order of their keys, each with its line break, in hex. */
  sha256: string
}

export interface Summing {
  add(line: string): void
  sum(): TableSum
}

export function createSum(): Summing {
  const hash = createHash('sha256')
  let rows = 0
  return {
    add(line) {
      rows += 1
      hash.update(`${line}\n`)
    },
    sum: () => ({ rows, sha256: hash.digest('hex') }),
  }
}

export async function sumOf(snapshot: Snapshot, table: TableShape): Promise<TableSum> {
  const summing = createSum()
  for await (const line of snapshot.lines(table)) summing.add(line)
  return summing.sum()
}

export function isSameSum(left: TableSum, right: TableSum | undefined): boolean {
  return left.rows === right?.rows && left.sha256 === right.sha256
}
