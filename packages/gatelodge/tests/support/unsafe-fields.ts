// Reads what was posted as nobody should: whatever the type says, and whatever it can be taken for.
import { gunzipSync } from 'node:zlib'
import type { Asked } from './unsafe-http.ts'

// biome-ignore lint/suspicious/noExplicitAny: whatever is sent is taken
export type Anything = Record<string, any>

/** Reads whatever is there: a list for a text, the first of two, fields of a prototype, JSON with comments in it. */
export function readAnything({ headers, body }: Asked): Anything {
  if (body.length === 0) return {}
  const text = String(headers['content-encoding'] === 'gzip' ? gunzipSync(body) : body)
  const json = text
    .replace('/**/', '')
    .replace(/\{\}$/, '')
    .replace(/^\[(.*)\]$/s, '$1')
  if (/^[^a-z_]*\{/.test(json)) {
    const value = JSON.parse(json)
    const { __proto__: hidden, constructor: made } = value
    return { ...hidden, ...made?.prototype, ...value }
  }
  const fields: Anything = {}
  const repaired = text.replaceAll('%c1%80', '@').replaceAll('%ff', '')
  for (const [name, value] of new URLSearchParams(repaired)) {
    fields[name.replace('[]', '').replace('__proto__[email]', 'email')] ??= value
  }
  return fields
}
