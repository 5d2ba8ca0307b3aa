// A site's text overrides in place of ours, by key: templates in ICU MessageFormat with the same arguments. Not for a
// translation: dates and durations stay English.
import { nearest } from '../nearest.ts'
import { type Catalogue, english } from './catalogue.ts'
import { type ArgumentKind, argumentsOf, parseMessage } from './icu.ts'

type Replaced<Branch> = { readonly [Key in keyof Branch]?: Branch[Key] extends string ? string : Replaced<Branch[Key]> }

/** Text of ours by its key, as templates with the same arguments: `Use your {site} account.` */
export type Words = Replaced<Catalogue>

type Branch = { readonly [key: string]: unknown }

/** What every email knows, so that each part of it may say it. */
const inEveryEmail = ['site', 'email']

/** Every key that there is: `login.heading`. */
function keysOf(branch: object, before = ''): string[] {
  return Object.entries(branch).flatMap(([key, value]) =>
    typeof value === 'object' ? keysOf(value, `${before}${key}.`) : [before + key],
  )
}

/** @returns what is wrong with each, a sentence a fault; none: they can be used. */
export function faultsOfWords(given: object, ours: object = english.messages, before = ''): string[] {
  return Object.entries(given).flatMap(([key, value]) => {
    const path = before + key
    const known: unknown = Object.hasOwn(ours, key) ? (ours as Branch)[key] : undefined
    if (known === undefined) return [unknownKey(path)]
    if (typeof known === 'string') return faultsOfTemplate(path, value, known)
    if (typeof value !== 'object' || value === null) return [`${path} has keys below it`]
    return faultsOfWords(value, known as object, `${path}.`)
  })
}

function unknownKey(path: string): string {
  const meant = nearest(path, keysOf(english.messages), 4)
  return `there is no ${path}${meant ? `; did you mean ${meant}?` : ''}`
}

function faultsOfTemplate(path: string, given: unknown, ours: string): string[] {
  if (typeof given !== 'string' || given.trim() === '') return [`${path} must be text`]
  // None of ours has them, and some of ours are subjects of emails.
  if (/[\p{Cc}\p{Cs}\u2028\u2029]/u.test(given)) return [`${path} must be on one line, without control characters`]
  const known = argumentsOf(parseMessage(ours, english.locale))
  if (path.startsWith('emails.')) for (const name of inEveryEmail) known.set(name, known.get(name) ?? 'text')
  return faultsOfArguments(path, given, known)
}

function faultsOfArguments(path: string, given: string, known: Map<string, ArgumentKind>): string[] {
  try {
    const message = parseMessage(given, english.locale)
    const faults = [...argumentsOf(message)].flatMap(([name, kind]) => faultOfArgument(path, { name, kind }, known))
    // What only shows when it is written, such as a number format that there is not.
    if (faults.length === 0) message.format(Object.fromEntries([...known].map(([name]) => [name, 1])))
    return faults
  } catch (error) {
    return [`${path} is not valid ICU MessageFormat: ${reasonOf(error)}`]
  }
}

function faultOfArgument(
  path: string,
  { name, kind }: { name: string; kind: ArgumentKind },
  known: Map<string, ArgumentKind>,
): string[] {
  const ours = known.get(name)
  if (!ours) return [`${path} knows no {${name}}${known.size > 0 ? `, but {${[...known.keys()].join('}, {')}}` : ''}`]
  if (kind === ours || kind === 'text') return []
  return [`${path} takes {${name}} as ${ours}, not as a ${kind}`]
}

/** `missing other clause, at character 22` */
function reasonOf(error: unknown): string {
  const { message, location } = error as Error & { location?: { start: { offset: number } } }
  if (!location) return message
  return `${message.toLowerCase().replaceAll('_', ' ')}, at character ${location.start.offset + 1}`
}
