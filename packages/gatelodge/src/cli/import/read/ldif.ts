// LDIF (RFC 2849): entries with a blank line between, `name: value`, `name:: base64`, long lines folded.
import type { RawRow } from '../options.ts'
import { linesOf, longestRecord } from './lines.ts'

/** The names are those of the file in small letters; of several values the first counts, and `memberOf` keeps all. */
export async function* ldifRows(chunks: AsyncIterable<Buffer>, size: number): AsyncGenerator<RawRow> {
  let lines: string[] = []
  let first = 0
  let length = 0
  let fault: string | undefined
  let share = 0
  const entry = (): RawRow | undefined => {
    const values = fault === undefined ? valuesOf(lines) : undefined
    const row = { line: first, values, share, ...(fault !== undefined && { fault }) }
    const isEmpty = lines.length === 0 && fault === undefined
    lines = []
    length = 0
    fault = undefined
    return isEmpty || (values && !Object.hasOwn(values, 'dn')) ? undefined : row
  }
  for await (const { number, text, fault: ofLine, end } of linesOf(chunks)) {
    share = size === 0 ? 1 : end / size
    if (text === '') {
      const row = entry()
      if (row) yield row
      continue
    }
    if (lines.length === 0 && fault === undefined) first = number
    length += text?.length ?? 0
    if (ofLine ?? length > longestRecord) fault = ofLine ?? 'longer than 1 MiB'
    else if (text?.startsWith(' ') && lines.length > 0) lines.push((lines.pop() ?? '') + text.slice(1))
    else if (text !== undefined && !text.startsWith('#')) lines.push(text)
  }
  const row = entry()
  if (row) yield row
}

function valuesOf(lines: string[]): Record<string, unknown> {
  const values: Record<string, unknown> = Object.create(null)
  const groups: string[] = []
  for (const line of lines) {
    const [, name = '', colons, text = ''] = /^([\w;.-]+)(::?)\s*(.*)$/s.exec(line) ?? []
    const value = colons === '::' ? Buffer.from(text, 'base64').toString() : text
    const key = name.toLowerCase().split(';', 1)[0] ?? ''
    // The first part of the group's name: cn=editors,ou=groups,dc=example.
    if (key === 'memberof') groups.push(/^cn=([^,]+)/i.exec(value)?.[1]?.toLowerCase() ?? value)
    else if (key && !Object.hasOwn(values, key)) values[key] = value
  }
  return { ...values, ...(groups.length > 0 && { memberof: groups }) }
}
