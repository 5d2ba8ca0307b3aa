// A backup in which something was changed by hand.
import { gunzipSync, gzipSync } from 'node:zlib'

/** @throws {Error} where that text is not in it. */
export function changed(file: Buffer, text: string, by: string): Buffer {
  const all = gunzipSync(file).toString()
  if (!all.includes(text)) throw new Error(`${text} is not in it`)
  return gzipSync(all.replaceAll(text, by))
}

export function withoutOneRow(file: Buffer): Buffer {
  const lines = gunzipSync(file).toString().split('\n')
  lines.splice(
    lines.findIndex((line) => line.startsWith('[')),
    1,
  )
  return gzipSync(lines.join('\n'))
}
