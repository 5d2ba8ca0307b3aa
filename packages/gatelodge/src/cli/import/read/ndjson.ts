// NDJSON: one JSON object a line.
import type { RawRow } from '../options.ts'
import { linesOf } from './lines.ts'
import { objectOf } from './object.ts'

export async function* ndjsonRows(chunks: AsyncIterable<Buffer>, size: number): AsyncGenerator<RawRow> {
  for await (const { number: line, text, fault, end } of linesOf(chunks)) {
    const share = size === 0 ? 1 : end / size
    if (fault) yield { line, values: undefined, fault, share }
    else if (text?.trim()) yield { line, ...objectOf(text), share }
  }
}
