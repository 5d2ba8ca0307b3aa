// Browsers drop cookies over 4096 bytes (ASVS V3.3.5). What the visitor cookie carries is cut to fit, the least needed first.
import type { VisitorState } from './visitor-cookie.ts'

/** Sealed, named and with its attributes it stays below 4096. */
const mostOfState = 2_900
const mostBytes = 600
const mostBytesInAll = 1_600

/** Values that no rule would accept anyway. In their order: a site's custom fields come last, and share what is left. */
export function cutValues(values: Record<string, string>, most = mostBytesInAll): Record<string, string> {
  let left = most
  return Object.fromEntries(
    Object.entries(values).map(([field, value]) => {
      const kept = cut(value, Math.max(0, Math.min(mostBytes, left)))
      left -= Buffer.byteLength(JSON.stringify(kept))
      return [field, kept]
    }),
  )
}

/** What goes first where all of it is too much: long typed text, then the name, then the query that was wanted, then that page. */
const reductions: ((visitorState: VisitorState) => VisitorState)[] = [
  (visitorState) => {
    const { flash, typed, unsaved } = visitorState
    const form = flash?.form && { ...flash.form, values: cutValues(flash.form.values, mostBytes) }
    return {
      ...visitorState,
      ...(form && { flash: { ...flash, form } }),
      ...(unsaved && { unsaved: { ...unsaved, values: cutValues(unsaved.values, mostBytes) } }),
      ...(typed && { typed: { ...typed, values: cutValues(typed.values, mostBytes) } }),
    }
  },
  ({ prefill, ...visitorState }) => {
    const { name: _, ...needed } = prefill ?? {}
    return { ...visitorState, ...(prefill && { prefill: needed }) }
  },
  ({ returnTo, ...visitorState }) => ({
    ...visitorState,
    ...(returnTo && { returnTo: returnTo.split(/[?#]/, 1)[0] ?? '' }),
  }),
  ({ returnTo: _, ...visitorState }) => visitorState,
  ({ typed: _, ...visitorState }) => visitorState,
  ({ unsaved: _, ...visitorState }) => visitorState,
]

/** @returns the text that is sealed. */
export function fittedState(visitorState: VisitorState): string {
  let text = JSON.stringify(visitorState)
  let left = visitorState
  for (const reduce of reductions) {
    if (Buffer.byteLength(text) <= mostOfState) return text
    left = reduce(left)
    text = JSON.stringify(left)
  }
  return text
}

function cut(value: string, mostBytes: number): string {
  const text = value.toWellFormed()
  if (Buffer.byteLength(JSON.stringify(text)) <= mostBytes) return text
  let kept = ''
  let size = 2
  for (const character of text) {
    size += Buffer.byteLength(JSON.stringify(character)) - 2
    if (size > mostBytes) break
    kept += character
  }
  return kept
}
