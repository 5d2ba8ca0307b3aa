// What a language writes by itself, without a message of ours: durations, moments, lists.
import { days, hours, type Milliseconds, minutes, seconds } from '../time.ts'

export interface Formats {
  /** How long a link works: `24 hours`, `14 days`, `1 hour`. */
  life(length: Milliseconds): string
  /** `2 minutes and 5 seconds`; of what takes hours nobody counts the seconds: `22 hours and 50 minutes`. */
  wait(length: Milliseconds): string
  /** `1 passkey, GitHub, and Google`. */
  list(all: readonly string[]): string
  /** `3 days ago`; undefined for what is less than a minute old. */
  ago(at: number, now: number): string | undefined
  /** `22 November 2026 at 09:00`, in UTC. */
  moment(at: number): string
  /** `Sun, 22 Nov`, in UTC; and in short, `Sun`. */
  day(at: number): string
  weekday(at: number): string
  /** `12,345`; and in short, `12K`. */
  count(count: number): string
  shortCount(count: number): string
}

type Unit = 'days' | 'hours' | 'minutes' | 'seconds'

export function createFormats(locale: string): Formats {
  const duration = once(() => new Intl.DurationFormat(locale, { style: 'long' }))
  const list = once(() => new Intl.ListFormat(locale, { style: 'long', type: 'conjunction' }))
  const relative = once(() => new Intl.RelativeTimeFormat(locale, { numeric: 'auto' }))
  const moments = once(
    () => new Intl.DateTimeFormat(locale, { dateStyle: 'long', timeStyle: 'short', timeZone: 'UTC' }),
  )
  const dates = once(
    () => new Intl.DateTimeFormat(locale, { weekday: 'short', day: 'numeric', month: 'short', timeZone: 'UTC' }),
  )
  const weekdays = once(() => new Intl.DateTimeFormat(locale, { weekday: 'short', timeZone: 'UTC' }))
  const counts = once(() => new Intl.NumberFormat(locale))
  const shortCounts = once(() => new Intl.NumberFormat(locale, { notation: 'compact' }))
  // There are some two hundred of them, and a page has many.
  const agos = kept((count: number, unit: Intl.RelativeTimeFormatUnit) => relative().format(-count, unit))
  const one = ([unit, count]: [Unit, number]) => duration().format({ [unit]: count })
  return {
    life: (length) => one(lifeIn(length)),
    wait: (length) => list().format(waitIn(Math.ceil(length / seconds(1))).map(one)),
    list: (all) => list().format(all),
    ago(at, now) {
      const step = steps.find(([, length]) => now - at >= length)
      return step && agos(Math.floor((now - at) / step[1]), step[0])
    },
    moment: (at) => moments().format(at),
    day: (at) => dates().format(at),
    weekday: (at) => weekdays().format(at),
    count: (count) => counts().format(count),
    shortCount: (count) => shortCounts().format(count),
  }
}

/** Made when it is first needed: the first of its kind takes a tenth of a start. */
function once<T>(make: () => T): () => T {
  let made: T | undefined
  return () => {
    made ??= make()
    return made
  }
}

/** Each is written once: they are few. */
function kept<Unit extends string>(write: (count: number, unit: Unit) => string) {
  const all = new Map<string, string>()
  return (count: number, unit: Unit): string => {
    const name = `${count} ${unit}`
    const known = all.get(name) ?? write(count, unit)
    all.set(name, known)
    return known
  }
}

/** A day or two in hours: "works for 1 day" does not say which. */
function lifeIn(length: Milliseconds): [Unit, number] {
  const fits = (unit: Milliseconds, least: number) => length % unit === 0 && length >= least * unit
  if (fits(days(1), 3)) return ['days', length / days(1)]
  if (fits(hours(1), 1)) return ['hours', length / hours(1)]
  return ['minutes', Math.max(1, Math.round(length / minutes(1)))]
}

function waitIn(length: number): [Unit, number][] {
  const inMinutes = Math.ceil(length / 60)
  const parts: [Unit, number][] =
    length < 3_600
      ? [
          ['minutes', Math.floor(length / 60)],
          ['seconds', length % 60],
        ]
      : [
          ['hours', Math.floor(inMinutes / 60)],
          ['minutes', inMinutes % 60],
        ]
  return parts.filter(([, count]) => count > 0)
}

const steps: [Intl.RelativeTimeFormatUnit, Milliseconds][] = [
  ['year', days(365)],
  ['month', days(30)],
  ['day', days(1)],
  ['hour', hours(1)],
  ['minute', minutes(1)],
]
