// What happened on the site over the last days, in numbers. Knows no HTTP and no SQL.
import { type CountedName, series } from '../../identity/audit/series.ts'
import type { Services } from '../../services.ts'
import { days } from '../../time.ts'

/** Days of the overview, this one included. Emails that were sent are known for as long. */
const shownDays = 7

/** Of each event of a day, so many entries of the index are looked at. */
const mostCounted = 10_000

export type SeriesName = CountedName | 'emails'

export interface Series {
  name: SeriesName
  /** One for each day. */
  counts: number[]
}

export interface Overview {
  /** Where each day begins, in UTC, the oldest in front. */
  days: number[]
  series: Series[]
  /** A number that is as large as this may be larger in truth. */
  most: number
}

type Needs = Pick<Services, 'database' | 'audit' | 'emails' | 'clock'>

/** @returns registrations, log-ins, refusals and second factors of each day, and the emails that still wait, by the day. */
export async function overviewOf({ database, audit, emails, clock }: Needs): Promise<Overview> {
  const today = Math.floor(clock.now() / days(1)) * days(1)
  const starts = Array.from({ length: shownDays }, (_, index) => today - days(shownDays - 1 - index))
  const names = Object.keys(series) as CountedName[]
  const ranges = names.flatMap((name) => starts.map((from) => ({ events: series[name], from, to: from + days(1) })))
  const counted = await audit.count(ranges, mostCounted)
  const waiting = await emails.waitingSince(database.db, mostCounted)
  return {
    days: starts,
    series: [
      ...names.map((name, at) => ({ name, counts: counted.slice(at * shownDays, (at + 1) * shownDays) })),
      {
        name: 'emails',
        counts: starts.map((from) => waiting.filter((at) => at >= from && at < from + days(1)).length),
      },
    ],
    most: mostCounted,
  }
}
