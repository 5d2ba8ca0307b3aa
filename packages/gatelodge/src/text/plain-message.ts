// What nearly all messages need of ICU MessageFormat: their values, small numbers, plurals. The first `Intl.NumberFormat` of a
// process takes 7 MB and a twentieth of a start, and the log-in page would be what makes it.
import type { IntlMessageFormat } from 'intl-messageformat'

export type Values = Readonly<Record<string, string | number>>

export type Elements = ReturnType<IntlMessageFormat['getAst']>

type Element = Elements[number]

/** Numbers of the parser's kinds of elements. */
const kinds = { literal: 0, argument: 1, number: 2, plural: 6, count: 7 } as const

/** Larger numbers are grouped, each language in its way. */
const mostUngrouped = 999

/** @returns undefined where the message or one of its values needs more than this. */
export function writePlainly(elements: Elements, values: Values, locale: string, count?: number): string | undefined {
  let written = ''
  for (const element of elements) {
    const part = partOf(element, values, locale, count)
    if (part === undefined) return undefined
    written += part
  }
  return written
}

function partOf(element: Element, values: Values, locale: string, count?: number): string | undefined {
  if (element.type === kinds.literal) return element.value
  if (element.type === kinds.count) return numberIn(locale, count)
  const value = 'value' in element ? values[element.value] : undefined
  if (element.type === kinds.argument) return value === undefined ? undefined : String(value)
  if (element.type === kinds.number) return element.style ? undefined : numberIn(locale, value)
  if (element.type !== kinds.plural || element.offset !== 0 || element.pluralType !== 'cardinal') return undefined
  if (typeof value !== 'number') return undefined
  const chosen = element.options[`=${value}`] ?? element.options[rulesOf(locale).select(value)] ?? element.options.other
  return chosen && writePlainly(chosen.value, values, locale, value)
}

function numberIn(locale: string, value: string | number | undefined): string | undefined {
  const isSmall = Number.isInteger(value) && Number(value) >= 0 && Number(value) <= mostUngrouped
  return isSmall && writesLatinDigits(locale) ? String(value) : undefined
}

/** Of the others nobody has looked: `Intl` knows. */
const writesLatinDigits = (locale: string) => /^(?:en|de|fr|es|it|nl|pt|pl)\b/.test(locale)

const rules = new Map<string, Intl.PluralRules>()

function rulesOf(locale: string): Intl.PluralRules {
  const known = rules.get(locale) ?? new Intl.PluralRules(locale)
  rules.set(locale, known)
  return known
}
