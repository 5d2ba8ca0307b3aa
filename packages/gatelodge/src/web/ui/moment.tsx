// A moment as people say it ("3 days ago"), with the exact time for those who point at it and for machines.

import { text } from '../../text/en.ts'
import { days, hours, type Milliseconds, minutes } from '../../time.ts'

// Made when it is first needed: the first of its kind takes a tenth of a start.
let relative: Intl.RelativeTimeFormat | undefined
const steps: [Intl.RelativeTimeFormatUnit, Milliseconds][] = [
  ['year', days(365)],
  ['month', days(30)],
  ['day', days(1)],
  ['hour', hours(1)],
  ['minute', minutes(1)],
]

export const Moment = ({ at, now }: { at: number; now: number }) => {
  const exact = new Date(at).toISOString()
  return (
    <time datetime={exact} title={`${exact.slice(0, 16).replace('T', ' ')} UTC`}>
      {ago(at, now)}
    </time>
  )
}

function ago(at: number, now: number): string {
  const step = steps.find(([, length]) => now - at >= length)
  if (!step) return text.justNow
  relative ??= new Intl.RelativeTimeFormat(text.language, { numeric: 'auto' })
  return relative.format(-Math.floor((now - at) / step[1]), step[0])
}
