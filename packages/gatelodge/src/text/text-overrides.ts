// A site's text overrides in place of ours, by key. They are put in at start, for the whole process: text is one thing, read
// everywhere. Not for a translation: lengths of time, and what reads them, stay English.
import { isDeepStrictEqual } from 'node:util'
import { nearest } from '../nearest.ts'
import { type EmailOverrides, emailSentences, writeEmailsOfSentences } from './email-sentences.ts'
import { text } from './en.ts'
import { bracedIn, namesOf, type Sentence, sentence, templateOf } from './sentences.ts'

type Replaced<Text> = Text extends (...words: never[]) => string
  ? string | Text
  : Text extends string
    ? string
    : { readonly [Key in keyof Text]?: Replaced<Text[Key]> }

/** Text of ours by its key; in place of a function a function, or a sentence with its names in braces: `{site}`. */
export type Words = Omit<Replaced<typeof text>, Fixed> & { readonly emails?: EmailOverrides }

/** What decides how the rest is read, and what is stored as it is. */
type Fixed = 'language' | 'direction' | 'dateLocale' | 'device'
const fixed = ['language', 'direction', 'dateLocale', 'device'] satisfies Fixed[]

type Branch = { [key: string]: unknown }

/** As they were before any were replaced. */
const original = copyOf({ ...text, emails: emailSentences }) as Branch

function copyOf(branch: object): object {
  const entries = Object.entries(branch).map(([key, value]) => [key, typeof value === 'object' ? copyOf(value) : value])
  return Array.isArray(branch) ? entries.map(([, value]) => value) : Object.fromEntries(entries)
}

/** Every key that there is: `login.heading`. */
function keysOf(branch: object, before = ''): string[] {
  return Object.entries(branch).flatMap(([key, value]) => {
    const path = before + key
    if (fixed.some((one) => one === path)) return []
    return typeof value === 'object' ? keysOf(value, `${path}.`) : [path]
  })
}

/** @returns what is wrong with each, a sentence a fault; none: they can be used. */
export function faultsOfWords(given: object, ours: object = original, before = ''): string[] {
  return Object.entries(given).flatMap(([key, value]) => {
    const path = before + key
    const known: unknown = Object.hasOwn(ours, key) ? (ours as Branch)[key] : undefined
    if (known === undefined || fixed.some((one) => one === path)) return [unknownKey(path)]
    if (typeof known !== 'object' || known === null) return faultOfSentence(path, value, known)
    if (typeof value !== 'object' || value === null) return [`${path} has keys below it`]
    return faultsOfWords(value, known, `${path}.`)
  })
}

function unknownKey(path: string): string {
  const meant = nearest(path, keysOf(original), 4)
  return `there is no ${path}${meant ? `; did you mean ${meant}?` : ''}`
}

function faultOfSentence(path: string, value: unknown, known: unknown): string[] {
  const isSentence = typeof known === 'function'
  if (typeof value === 'function' && isSentence) return []
  if (typeof value !== 'string' || value.trim() === '') return [`${path} must be text`]
  // None of ours has them, and some of ours are subjects of emails.
  if (/[\p{Cc}\p{Cs}\u2028\u2029]/u.test(value)) return [`${path} must stand in one line, without control characters`]
  const names = isSentence ? namesOf(known as Sentence).names : bracedIn(String(known))
  const strange = bracedIn(value).filter((name) => !names.includes(name))
  return strange.map((name) => `${path} knows no {${name}}${names.length > 0 ? `, but {${names.join('}, {')}}` : ''}`)
}

let inForce: object | undefined

/**
 * @param words such as `faultsOfWords` has nothing to say about.
 * @throws {Error} where this process has other words already: pages of both would speak with one voice.
 */
export function useWords(words: object): void {
  if (inForce && !isDeepStrictEqual(inForce, words))
    throw new Error('All Gatelodges of one process share their words: give each the same `words`')
  inForce = words
  const { emails = {}, ...ofPages } = words as { emails?: object }
  put(ofPages, text as unknown as Branch)
  put(emails, emailSentences)
  if (Object.keys(emails).length > 0) writeEmailsOfSentences()
}

function put(words: object, ours: Branch): void {
  for (const [key, value] of Object.entries(words)) {
    const known = ours[key]
    if (typeof value === 'object') put(value, known as Branch)
    else
      ours[key] = typeof known === 'function' && typeof value === 'string' ? sentence(value, known as Sentence) : value
  }
}

/** All of ours, with names in braces where they come in: to start from. */
export function templateOfWords(ours: object = original, before = ''): object {
  const entries = Object.entries(ours).flatMap(([key, value]): [string, unknown][] => {
    const path = before + key
    if (fixed.some((one) => one === path)) return []
    if (typeof value === 'function') return [[key, templateOf(value as Sentence)]]
    return [[key, typeof value === 'object' && value !== null ? templateOfWords(value, `${path}.`) : value]]
  })
  return Array.isArray(ours) ? entries.map(([, value]) => value) : Object.fromEntries(entries)
}
