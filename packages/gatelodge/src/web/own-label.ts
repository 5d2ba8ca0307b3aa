import type { OwnField } from '../config/own-fields.ts'

/** What people read beside a field of the site's own; undefined for one of ours. */
export function ownLabel(fields: OwnField[], name: string): string | undefined {
  return fields.find((field) => field.name === name)?.label
}
