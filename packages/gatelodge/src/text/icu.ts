// ICU MessageFormat: one message parsed, and what it asks for.
import { IntlMessageFormat } from 'intl-messageformat'
import { type Elements, type Values, writePlainly } from './plain-message.ts'

/** `text`: shown as it is, or compared; `number`: counted or written as a number; `date`: ours are never one. */
export type ArgumentKind = 'text' | 'number' | 'date'

/** Numbers of the parser's kinds of elements. */
const kinds: Record<number, ArgumentKind> = { 1: 'text', 2: 'number', 3: 'date', 4: 'date', 5: 'text', 6: 'number' }

/** @throws {SyntaxError} whose message names what is wrong, such as `MISSING_OTHER_CLAUSE`. */
export function parseMessage(template: string, locale: string): IntlMessageFormat {
  // Markup is never part of a message: a < is a character like any other, and is escaped where it is shown.
  return new IntlMessageFormat(template, locale, undefined, { ignoreTag })
}

const ignoreTag = true

/** The same parser, without what the whole of a message loads of `Intl`. */
function elementsOf(template: string): Elements {
  const parse = IntlMessageFormat.__parse
  if (!parse) throw new Error('intl-messageformat came without its parser')
  return parse(template, { ignoreTag })
}

/** By name, in the order in which they come first. Counted beats shown: a number can be shown, text cannot be counted. */
export function argumentsOf(message: IntlMessageFormat): Map<string, ArgumentKind> {
  const found = new Map<string, ArgumentKind>()
  collect(message.getAst(), found)
  return found
}

function collect(elements: Elements, found: Map<string, ArgumentKind>): void {
  for (const element of elements) {
    const kind = kinds[element.type]
    if (kind && 'value' in element && found.get(element.value) !== 'number') found.set(element.value, kind)
    if ('options' in element) for (const { value } of Object.values(element.options)) collect(value, found)
  }
}

/** Parsed when it is first needed, and then kept. */
export function formatter(template: string, locale: string): (values: Values) => string {
  let elements: Elements | undefined
  let whole: IntlMessageFormat | undefined
  return (values) => {
    elements ??= elementsOf(template)
    const written = writePlainly(elements, values, locale)
    if (written !== undefined) return written
    whole ??= parseMessage(template, locale)
    return String(whole.format(values))
  }
}
