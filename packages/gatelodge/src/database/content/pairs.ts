// Two sequences of rows of one table, both in the order of their keys, side by side.
import { compareKeys, keyOf } from './row.ts'
import type { TableShape } from './shape.ts'

/** Rows with the same key, or one that only one side has. */
export interface Pair {
  wanted?: string
  there?: string
}

export async function* pairsOf(
  table: TableShape,
  wanted: AsyncIterable<string>,
  there: AsyncIterable<string>,
): AsyncGenerator<Pair> {
  const others = there[Symbol.asyncIterator]()
  let other = await nextOf(others)
  for await (const line of wanted) {
    if (other === undefined) {
      yield { wanted: line }
      continue
    }
    let order = orderOf(table, other, line)
    while (other !== undefined && order < 0) {
      yield { there: other }
      other = await nextOf(others)
      order = other === undefined ? 1 : orderOf(table, other, line)
    }
    if (other === undefined || order > 0) yield { wanted: line }
    else {
      yield { wanted: line, there: other }
      other = await nextOf(others)
    }
  }
  for (; other !== undefined; other = await nextOf(others)) yield { there: other }
}

async function nextOf(lines: AsyncIterator<string>): Promise<string | undefined> {
  const { done, value } = await lines.next()
  return done ? undefined : value
}

function orderOf(table: TableShape, left: string, right: string): number {
  return left === right ? 0 : compareKeys(keyOf(table, left), keyOf(table, right))
}
