// A file as lines, however long it is. A line that is too long, or no UTF-8, is a fault of its own; the next one is read.

export interface Line {
  number: number
  text: string | undefined
  fault?: string
  /** Bytes of the file up to its end. */
  end: number
}

/** Bytes of one record: more than any account has. */
export const longestRecord = 1024 * 1024

/** @param longest bytes of one line. */
export async function* linesOf(chunks: AsyncIterable<Buffer>, longest = longestRecord): AsyncGenerator<Line> {
  let held: Buffer[] = []
  let length = 0
  let number = 0
  let end = 0
  for await (const chunk of chunks) {
    let from = 0
    for (;;) {
      const at = chunk.indexOf(10, from)
      const part = chunk.subarray(from, at < 0 ? chunk.length : at)
      length += part.length
      if (length <= longest) held.push(part)
      else held = []
      if (at < 0) break
      from = at + 1
      number += 1
      yield lineOf(held, length <= longest, number, end + from)
      held = []
      length = 0
    }
    end += chunk.length
  }
  if (length > 0) yield lineOf(held, length <= longest, number + 1, end)
}

const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })

function lineOf(parts: Buffer[], isShortEnough: boolean, number: number, end: number): Line {
  if (!isShortEnough) return { number, text: undefined, fault: 'longer than 1 MiB', end }
  try {
    const text = decoder.decode(parts.length === 1 ? parts[0] : Buffer.concat(parts)).replace(/\r$/, '')
    return { number, text: number === 1 ? text.replace(/^\ufeff/, '') : text, end }
  } catch {
    return { number, text: undefined, fault: 'not-utf-8', end }
  }
}
