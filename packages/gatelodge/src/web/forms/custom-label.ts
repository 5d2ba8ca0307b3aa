import type { CustomField } from '../../config/custom-fields.ts'

/** What people read beside a field of the site's own; undefined for one of ours. */
export function customLabel(fields: CustomField[], name: string): string | undefined {
  return fields.find((field) => field.name === name)?.label
}
