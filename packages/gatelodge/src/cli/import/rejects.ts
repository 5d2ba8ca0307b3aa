// The file of rows that were not taken: line number, reason, address. Made with the first of them, for its owner alone.
import { createWriteStream, fchmodSync, fstatSync, openSync, type WriteStream } from 'node:fs'
import { finished } from 'node:stream/promises'
import { noFormula } from '../../web/http/csv.ts'

export interface Rejects {
  add(line: number, reason: string, email?: string): Promise<void>
  count(): number
  close(): Promise<void>
}

export function createRejects(path: string): Rejects {
  let stream: WriteStream | undefined
  let count = 0
  return {
    async add(line, reason, email = '') {
      count += 1
      if (!stream) {
        stream = createWriteStream(path, { fd: forOwner(path) })
        stream.write('line,reason,email\n')
      }
      const isRoom = stream.write(`${line},${cell(reason)},${cell(email)}\n`)
      if (!isRoom) await new Promise<void>((resolve) => stream?.once('drain', resolve))
    },
    count: () => count,
    async close() {
      stream?.end()
      if (stream) await finished(stream)
    },
  }
}

/** It has addresses of people: a file that is there already loses the rights of others. @throws {Error} where it cannot be written. */
function forOwner(path: string): number {
  const file = openSync(path, 'w', 0o600)
  if (fstatSync(file).isFile()) fchmodSync(file, 0o600)
  return file
}

/** No line break, no formula (OWASP, CSV injection), and no more than fits a screen. */
function cell(text: string): string {
  const line = text.slice(0, 300).replaceAll(/[\p{Cc}\u2028\u2029]/gu, ' ')
  return `"${noFormula(line).replaceAll('"', '""')}"`
}
