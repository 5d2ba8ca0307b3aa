// What is wrong with a setting, and how a setting may be shown.
import { formOf, metaOf, type SettingName } from './schema.ts'
import { maskText } from './server-url.ts'

export type Given = Partial<Record<SettingName, unknown>>

export interface Fault {
  /** The setting, as the person who gave it spelled it. */
  name: string
  /** What was given; masked where it may be secret. */
  given: string
  allowed: string
}

/** How the person who gave a setting spelled its name. */
export type Named = (name: SettingName) => string

/** A value as it may be shown: a secret by its length only, a URL without its password. */
export function masked(name: SettingName, value: unknown): string {
  if (value === undefined) return 'nothing'
  if (!formOf(name).holdsUrl && metaOf(name).secret) return `${String(value).length} characters (not shown)`
  if (formOf(name).holdsUrl && metaOf(name).secret) return maskText(String(value))
  if (typeof value === 'string' && (formOf(name).holdsUrl || value.includes('://')))
    return JSON.stringify(maskText(value))
  const text = JSON.stringify(value) ?? String(value)
  return formOf(name).holdsUrl || text.includes('://') ? maskLists(value, text) : text
}

/** URLs in a list or in an object. */
function maskLists(value: unknown, text: string): string {
  if (Array.isArray(value) && value.every((one) => typeof one === 'string')) return JSON.stringify(value.map(maskText))
  return /@/.test(text) ? '(not shown: a password may be in it)' : text
}
