// Columns of a source that nothing reads: mostly names that are spelled otherwise there, which nobody would miss before it is late.
import type { CustomField } from '../../config/custom-fields.ts'
import { printable } from '../../printable.ts'
import { columns, type Preset, pathsOf } from './preset.ts'

export interface Unread {
  note(values: Record<string, unknown>): void
  /** `Not read: phone, last_seen`. Undefined where all is read. */
  spelled(): string | undefined
}

/** A line, and no more than a screen has room for. */
const [mostNames, longestName] = [20, 40]
/** A source of objects may have new names in each row. */
const mostKept = 1_000

/** @param fields the custom fields of the site. */
export function createUnread(preset: Preset, fields: Pick<CustomField, 'name'>[]): Unread {
  const paths = columns.flatMap((column) => pathsOf(column, preset)).flatMap((path) => path.split(' + '))
  const read = new Set(['fields', ...fields.map(({ name }) => `field.${name}`), ...paths, ...paths.map(firstKey)])
  const unread = new Set<string>()
  return {
    note(values) {
      for (const name of Object.keys(values))
        if (!read.has(name) && unread.size < mostKept) unread.add(name.slice(0, longestName).toWellFormed())
    },
    spelled() {
      if (unread.size === 0) return undefined
      const names = [...unread].slice(0, mostNames).map(printable)
      const more = unread.size - names.length
      return `Not read: ${names.join(', ')}${more > 0 ? `, and ${more} more` : ''}`
    },
  }
}

/** `traits` of `traits.email`. */
const firstKey = (path: string): string => /^[^.[\]]*/.exec(path)?.[0] ?? path
