// The catalogues, one a language: messages in ICU MessageFormat by their keys. After a change of one, `npm run text` writes
// messages.ts, so that the compiler knows each key and the arguments of its message.
import en from './en.json' with { type: 'json' }
import type { Messages } from './messages.ts'

type Templates<Branch> = { readonly [Key in keyof Branch]: Branch[Key] extends object ? Below<Branch[Key]> : string }
type Below<Branch> = Branch extends (...values: never[]) => string ? string : Templates<Branch>

/** Every language has every key: one that is missing does not compile. */
export type Catalogue = Templates<Messages>

export interface Language {
  /** For the `lang` of pages and emails (BCP 47). */
  tag: string
  direction: 'ltr' | 'rtl'
  /** How it writes dates, durations, numbers and lists; may name a region, as `en-GB` does. */
  locale: string
  messages: Catalogue
}

export const english: Language = { tag: 'en', direction: 'ltr', locale: 'en-GB', messages: en }
