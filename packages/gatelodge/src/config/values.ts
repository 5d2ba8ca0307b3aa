// How values are spelled in settings: 15m, 64KiB, 10, true, one line of text, secret,older-secret.
import { z } from 'zod'
import { days, hours, type Milliseconds, minutes, seconds } from '../time.ts'
import { isGroupName } from './group-name.ts'

const durationUnits: Record<string, (count: number) => Milliseconds> = { s: seconds, m: minutes, h: hours, d: days }

const byteUnits: Record<string, number> = { B: 1, KiB: 1024, MiB: 1024 ** 2, GiB: 1024 ** 3 }

/** `90s`, `15m`, `12h`, `30d`, or a number of milliseconds (from code). */
export function duration(least: Milliseconds, most: Milliseconds) {
  const allowed = `a duration such as 90s, 15m, 12h or 30d, from ${spellDuration(least)} to ${spellDuration(most)}`
  const convert = (count: number, unit: string) => durationUnits[unit]?.(count)
  const form = 'A duration such as `90s`, `15m`, `12h` or `30d`; a number means milliseconds'
  return measured(/^(\d+(?:\.\d+)?)(s|m|h|d)$/, convert, least, most, allowed).meta({ form, unit: 'milliseconds' })
}

/** `512B`, `64KiB`, `19MiB`, or a number of bytes (from code). */
export function bytes(least: number, most: number) {
  const allowed = `a size such as 64KiB or 19MiB, from ${spellBytes(least)} to ${spellBytes(most)}`
  const convert = (count: number, unit: string) => count * (byteUnits[unit] ?? 0)
  const form = 'A size such as `512B`, `64KiB` or `19MiB`; a number means bytes'
  return measured(/^(\d+)(B|KiB|MiB|GiB)$/, convert, least, most, allowed).meta({ form, unit: 'bytes' })
}

function measured(
  form: RegExp,
  convert: (count: number, unit: string) => number | undefined,
  least: number,
  most: number,
  allowed: string,
) {
  return z.union([z.string(), z.number()], { error: allowed }).transform((given, context) => {
    const [, count, unit] = form.exec(String(given)) ?? []
    const value = typeof given === 'number' ? given : convert(Number(count), unit ?? '')
    if (value !== undefined && value >= least && value <= most) return value
    context.addIssue({ code: 'custom', message: allowed })
    return z.NEVER
  })
}

/** `10`, as a number or as text. */
export function wholeNumber(least: number, most: number) {
  const allowed = `a whole number from ${least} to ${most}`
  return z
    .union([z.string(), z.number()], { error: allowed })
    .transform((given, context) => {
      // Number() makes 0 of an empty text, and 16 of 0x10.
      const value = typeof given === 'number' || /^\s*\d{1,15}\s*$/.test(given) ? Number(given) : Number.NaN
      if (Number.isInteger(value) && value >= least && value <= most) return value
      context.addIssue({ code: 'custom', message: allowed })
      return z.NEVER
    })
    .meta({ form: `A whole number from ${least} to ${most}` })
}

/** `true` or `false`; as text also `yes`, `no`, `on`, `off`, `1`, `0`. On the command line the flag alone means yes. */
export const yesOrNo = z
  .union([z.boolean(), z.stringbool()], { error: 'true or false' })
  .meta({ form: '`true` or `false`', isYesOrNo: true })

/** One of these words. */
export function oneOf<const Words extends readonly [string, ...string[]]>(words: Words) {
  return z
    .enum(words, { error: `one of these: ${words.join(', ')}` })
    .meta({ form: `One of ${words.map((word) => `\`${word}\``).join(', ')}` })
}

/** Line breaks, other controls, lone surrogates, and marks that reverse the direction of what follows. */
const breaksTheLine = /[\p{Cc}\p{Cs}\u2028\u2029\u202a-\u202e\u2066-\u2069]/u

export const isOneLine = (text: string) => !breaksTheLine.test(text)

/** Text that stands in one line, outer spaces off. @param most characters */
export function oneLine(most: number) {
  const allowed = `one line of text, from 1 to ${most} characters, without line breaks and control characters`
  return z
    .string({ error: allowed })
    .trim()
    .min(1, { error: allowed })
    .max(most, { error: allowed })
    .refine(isOneLine, { error: allowed })
    .meta({ form: `One line of text, at most ${most} characters` })
}

/** `43200000` → `12h`: the largest unit that gives a whole number. */
export function spellDuration(value: Milliseconds): string {
  for (const unit of ['d', 'h', 'm']) {
    const count = value / (durationUnits[unit]?.(1) ?? 1)
    if (Number.isInteger(count)) return `${count}${unit}`
  }
  return `${value / 1000}s`
}

/** `65536` → `64KiB` */
export function spellBytes(value: number): string {
  for (const unit of ['GiB', 'MiB', 'KiB']) {
    const count = value / (byteUnits[unit] ?? 1)
    if (Number.isInteger(count)) return `${count}${unit}`
  }
  return `${value}B`
}

interface TextList<Entry> {
  /** What is wrong with one; the empty text where `allowed` says enough. */
  faultOf(one: string): string | undefined
  read(one: string): Entry
}

/** A list as an array, or as one text with commas between. Each entry that is wrong is named. @param allowed what all are */
export function textList<Entry>(allowed: string, { faultOf, read }: TextList<Entry>) {
  return z.union([z.string(), z.array(z.string())], { error: allowed }).transform((given, context): Entry[] => {
    const all = (typeof given === 'string' ? given.split(',') : given).map((one) => one.trim()).filter(Boolean)
    const wrong = all.flatMap((one) => {
      const why = faultOf(one)
      return why === undefined ? [] : [{ one, why }]
    })
    if (wrong.length === 0) return all.map(read)
    // The password of a URL that was given by mistake may have a comma in it.
    const mayBeSecret = all.some((one) => one.includes('@'))
    const named = wrong.map(({ one, why }) =>
      [mayBeSecret ? '' : JSON.stringify(one), why && `(${why})`].join(' ').trim(),
    )
    const told = [...new Set(named)].filter(Boolean).join(', ')
    context.addIssue({ code: 'custom', message: told ? `${allowed}; wrong: ${told}` : allowed })
    return z.NEVER
  })
}

const faultUnless = (isFine: (one: string) => boolean) => (one: string) => (isFine(one) ? undefined : '')

/** Texts that are used as they are given. */
export function plainList(allowed: string, isFine: (one: string) => boolean) {
  return textList(allowed, { faultOf: faultUnless(isFine), read: (one) => one })
}

/** `/auth`, as a browser writes it; the empty text and `/` are none. */
export const pathPrefix = z
  .string({ error: 'a path such as /auth' })
  .transform((given, context) => {
    const prefix = given.trim().replace(/\/$/, '')
    if (/^(?:\/[a-z\d][a-z\d._~-]*)*$/i.test(prefix)) return prefix
    context.addIssue({ code: 'custom', message: 'a path of A to Z, 0 to 9 and - . _ ~, such as /auth' })
    return z.NEVER
  })
  .meta({ form: 'A path' })

const groupPathsAllowed = 'paths, each with a group behind it, such as /staff/*=editors'

const isPath = (one: string) => /^\/(?:[^*?#;\\\s]*|(?:[^*?#;\\\s]*\/)?\*)$/.test(one)

/** `/, /assets/*`, or the same as an array. */
export const pathList = plainList('paths such as / or /assets/*', isPath)

/** `/staff/*=editors`, several with commas between, or the same as an array: who may see which pages. */
export const groupPathList = textList(groupPathsAllowed, {
  faultOf: faultUnless((one) => isPath(pathAndGroup(one).path) && isGroupName(pathAndGroup(one).group)),
  read: pathAndGroup,
})

function pathAndGroup(entry: string) {
  const at = entry.lastIndexOf('=')
  return { path: entry.slice(0, Math.max(at, 0)), group: entry.slice(at + 1) }
}

/** `OPTIONS`, or the same as an array. Any other method would open every page of the app. */
export const methodList = plainList('OPTIONS, or nothing', (one) => one === 'OPTIONS')

/** One secret or several, the newest first. */
export const secretList = z
  .union([z.string(), z.array(z.string())], { error: '32 random characters or more' })
  .transform((given, context) => {
    const secrets = (Array.isArray(given) ? given : given.split(',')).map((one) => one.trim())
    // 32 characters of base64 carry 192 bits; fewer could be guessed from one cookie, offline. Words with spaces between
    // are a sentence, such as the sample of the documentation.
    const isRandom = (one: string) => one.length >= 32 && new Set(one).size >= 10 && !one.includes(' ')
    if (secrets.every(isRandom)) return secrets
    context.addIssue({
      code: 'custom',
      message: '32 random characters or more; make one with: openssl rand -base64 48',
    })
    return z.NEVER
  })
