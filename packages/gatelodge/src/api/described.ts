// What a field of the API is, by a key of the catalogue: `openApi()` puts the words in its place, in the site's language.
import type { Messages } from '../text/messages.ts'
import type { Text } from '../text/text.ts'

export type FieldKey = keyof Messages['api']['fields']

export const described = (field: FieldKey): { description: string } => ({ description: field })

/** In words; a description that is no key stays. */
export function inWords({ api: { fields } }: Text, description: string): string {
  return Object.hasOwn(fields, description) ? fields[description as FieldKey] : description
}
