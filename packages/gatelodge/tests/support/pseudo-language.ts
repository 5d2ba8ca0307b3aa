// A language made from the English catalogue: each Latin letter of a message is another character, so that a character that is
// left on a page came from elsewhere than the catalogue. Dates and durations are Greek, for the same reason.
import type { IntlMessageFormat } from 'intl-messageformat'
import { type Catalogue, english, type Language } from '../../src/text/catalogue.ts'
import { parseMessage } from '../../src/text/icu.ts'
import { createText, type Text } from '../../src/text/text.ts'

/** `Log in` as `Ｌｏｇ ｉｎ`: full-width characters. What is one already stays. */
export function pseudo(text: string): string {
  return text.replace(/[a-z]/gi, (letter) => String.fromCodePoint((letter.codePointAt(0) ?? 0) + 0xfee0))
}

export const pseudoLanguage: Language = {
  tag: 'en-x-pseudo',
  direction: 'ltr',
  locale: 'el',
  messages: translated(english.messages) as Catalogue,
}

/** For a whole app: `makeApp(database, settings, { text: pseudoText() })`. */
export const pseudoText = (): Text => createText({}, pseudoLanguage)

function translated(branch: object): object {
  const entries = Object.entries(branch).map(([key, value]) => [
    key,
    typeof value === 'string' ? written(parseMessage(value, 'en').getAst()) : translated(value),
  ])
  return Object.fromEntries(entries)
}

/** The message once more, with its literal parts in the pseudo-language. Only what the English catalogue uses. */
function written(elements: ReturnType<IntlMessageFormat['getAst']>): string {
  return elements.map((element) => part(element)).join('')
}

function part(element: ReturnType<IntlMessageFormat['getAst']>[number]): string {
  if (element.type === 0) return pseudo(element.value).replace(/[{}]+/g, "'$&'")
  if (element.type === 7) return '#'
  if (element.type === 1) return `{${element.value}}`
  if (element.type === 2) return `{${element.value}, number}`
  if (element.type !== 6) throw new Error(`the pseudo-language does not know an element ${element.type}`)
  const options = Object.entries(element.options).map(([name, { value }]) => `${name} {${written(value)}}`)
  return `{${element.value}, plural, ${options.join(' ')}}`
}

/** What a person reads on a page: text and the attributes that are read out. Not what is marked as data, for no translator. */
function readable(html: string): string[] {
  const shown = html
    // What a passkey's button is for, and where it leads: words for the script.
    .replace(/ data-(?:passkey[\w-]*|without-passkeys|action|token|unknown)="[^"]*"/g, '')
    .replace(/<(style|script|code|pre)\b[^>]*>.*?<\/\1>/gs, '')
    .replace(/<(\w+)(?=[^>]*\s(?:dir="ltr"|translate="no"))(?!\s*[^>]*\slang=)[^>]*>[^<]*<\/\1>/g, '')
  const attributes = [...shown.matchAll(/\s(?:title|aria-label|alt|placeholder|data-[\w-]+)="([^"]*)"/g)].map(
    ([, to]) => to,
  )
  return [...attributes.map(String), ...shown.replace(/<[^>]*>/g, '\n').split('\n')].map((line) => line.trim())
}

/**
 * @param data what is no text of ours: the site's name, names of people and devices.
 * @returns each line of the page with a Latin letter in it that is neither data nor part of an address.
 */
export function hardCoded(html: string, data: RegExp): string[] {
  return readable(html).filter((line) => {
    const rest = line
      .replace(/&[a-z]+;|&#\d+;/g, ' ')
      .replace(/\S*(?:@|:\/\/)\S*|\/[\w/-]+/g, ' ')
      .replace(data, ' ')
    return /[a-z]{2}/i.test(rest)
  })
}
