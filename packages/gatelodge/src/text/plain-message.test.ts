// The short way writes what ICU MessageFormat writes, or hands it to that.
import { IntlMessageFormat } from 'intl-messageformat'
import { expect, it } from 'vitest'
import { english } from './catalogue.ts'
import { argumentsOf, formatter, parseMessage } from './icu.ts'
import { writePlainly } from './plain-message.ts'

/** Every message of ours. */
const templatesOf = (branch: object): string[] =>
  Object.values(branch).flatMap((value) => (typeof value === 'object' ? templatesOf(value) : [String(value)]))

const numbers = [0, 1, 2, 5, 999, 1000, 1_234_567, -1, 1.5]

it('Every message of the catalogue reads as ICU MessageFormat writes it, whatever the number', () => {
  for (const template of templatesOf(english.messages)) {
    const whole = parseMessage(template, 'en-GB')
    for (const number of numbers) {
      const values = Object.fromEntries(
        [...argumentsOf(whole)].map(([name, kind]) => [name, kind === 'text' ? "a {b} '' # <i>" : number]),
      )
      expect(formatter(template, 'en-GB')(values)).toBe(String(whole.format(values)))
    }
  }
})

it.each([
  '{n, plural, =0 {none} one {# of {n}} other {# of {n, number}}}',
  '{n, plural, offset:1 one {# more} other {# more}}',
  '{n, selectordinal, one {#st} two {#nd} few {#rd} other {#th}}',
  '{n, number, ::percent}',
  "it''s '{n}' {n} '#'",
  '{who, select, she {{n, plural, one {her} other {her #}}} other {their {n}}}',
])('So does %s, in English and in others', (template) => {
  for (const locale of ['en', 'pl', 'de', 'ar-EG', 'hi'])
    for (const n of numbers) {
      const values = { n, who: 'she' }
      expect(formatter(template, locale)(values)).toBe(String(parseMessage(template, locale).format(values)))
    }
})

it('What it does not know, the whole writes: a value that is missing is a fault', () => {
  const elements = parseMessage('{site} {date, date}', 'en').getAst()
  expect(writePlainly(elements, { site: 'a', date: 7 }, 'en')).toBeUndefined()
  expect(() => formatter('Log in to {site}', 'en')({})).toThrow('site')
  expect(IntlMessageFormat.__parse).toBeDefined()
})
