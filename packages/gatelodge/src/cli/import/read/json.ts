// A JSON file of any size: a list of objects, or an object that holds one. Only one element at a time is in memory.
import type { RawRow } from '../options.ts'
import { createElements } from './elements.ts'
import { longestRecord } from './lines.ts'
import { objectOf } from './object.ts'

/** @param list the key of the list, where the file is an object. @throws {Error} where there is no such list. */
export async function* jsonRows(
  chunks: AsyncIterable<Buffer>,
  size: number,
  list: string | undefined,
): AsyncGenerator<RawRow> {
  const placeOf = createElements(list)
  const element = createElement()
  let number = 0
  let read = 0
  let state: 'before' | 'in' | 'over' = 'before'
  for await (const chunk of chunks) {
    let from = 0
    for (const [at, byte] of chunk.entries()) {
      const place = placeOf(byte)
      if (place === 'outside' || place === 'inside') continue
      if (place !== 'begin') element.add(chunk.subarray(from, at))
      from = at + 1
      state = place === 'end' ? 'over' : 'in'
      const row = place === 'begin' ? undefined : element.take()
      if (row) number += 1
      if (row) yield { line: number, ...row, share: size === 0 ? 1 : (read + at) / size }
    }
    if (state === 'in') element.add(chunk.subarray(from))
    read += chunk.length
  }
  if (state === 'before')
    throw new Error(list === undefined ? 'The file holds no list of accounts.' : `The file holds no list "${list}".`)
  if (state === 'in') throw new Error('The file ends in the middle: it was cut off.')
}

function createElement() {
  let parts: Buffer[] = []
  let length = 0
  return {
    add(bytes: Buffer) {
      length += bytes.length
      if (length <= longestRecord) parts.push(bytes)
      else parts = []
    },
    /** @returns undefined: there was nothing between two commas, or behind the last one. */
    take(): Pick<RawRow, 'values' | 'fault'> | undefined {
      if (length === 0) return undefined
      const [whole, isTooLong] = [Buffer.concat(parts), length > longestRecord]
      parts = []
      length = 0
      if (isTooLong) return { values: undefined, fault: 'longer than 1 MiB' }
      try {
        const text = new TextDecoder('utf-8', { fatal: true }).decode(whole).trim()
        return text === '' ? undefined : objectOf(text)
      } catch {
        return { values: undefined, fault: 'not-utf-8' }
      }
    },
  }
}
