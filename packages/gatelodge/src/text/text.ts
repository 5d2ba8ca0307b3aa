// Everything that a person can read, for one Gatelodge: the messages of its language, with the site's text overrides in place
// of ours. Two in one process may differ: nothing here is shared.
import { english, type Language } from './catalogue.ts'
import { createFormats, type Formats } from './formats.ts'
import { argumentsOf, formatter, parseMessage } from './icu.ts'
import type { Messages } from './messages.ts'
import type { Words } from './text-overrides.ts'

/** Messages without arguments are strings, the others functions of them: `text.login.lead({ site })`. */
export interface Text extends Messages {
  /** For the `lang` and the `dir` of pages and emails. */
  language: string
  direction: Language['direction']
  formats: Formats
}

interface Branch {
  readonly [key: string]: string | Branch | undefined
}

/** @param words that `faultsOfWords` has nothing to say about. */
export function createText(words: Words = {}, { tag, direction, locale, messages }: Language = english): Text {
  // The English catalogue says which messages take arguments: the types are made from it.
  const ready = branchOf({ ours: english.messages, translated: messages, words: words as Branch, locale })
  return { ...(ready as unknown as Messages), language: tag, direction, formats: createFormats(locale) }
}

interface Sources {
  ours: Branch
  translated: Branch
  words: Branch
  locale: string
}

function branchOf({ ours, translated, words, locale }: Sources): object {
  const entries = Object.entries(ours).map(([key, own]) => {
    const inLanguage = translated[key]
    const replaced = words[key]
    if (typeof own === 'object')
      return [key, branchOf({ ours: own, translated: below(inLanguage), words: below(replaced), locale })]
    return [key, leafOf(String(own), String(replaced ?? inLanguage), locale)]
  })
  return Object.fromEntries(entries)
}

const below = (branch: string | Branch | undefined): Branch => (typeof branch === 'object' ? branch : {})

function leafOf(ours: string, template: string, locale: string) {
  if (takesArguments(ours)) return formatter(template, locale)
  // Only a brace or an apostrophe means something to ICU; most messages have neither.
  if (!/[{}']/.test(template)) return template
  const message = parseMessage(template, locale)
  // A text override of a part of an email may say more than ours.
  return argumentsOf(message).size > 0 ? formatter(template, locale) : String(message.format())
}

/** In our own catalogue a brace before a name always begins an argument; `npm run text` sees to it. */
export const takesArguments = (ours: string) => /\{\w/.test(ours)

/** A message of which is not known whether it takes arguments; those it does not take are left out. */
export function say(message: string | ((values: never) => string), values: Record<string, string | number>): string {
  return typeof message === 'string' ? message : message(values as never)
}
