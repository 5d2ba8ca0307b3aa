// How long something takes or lasts, in words.
import { days, hours, type Milliseconds, minutes } from '../../time.ts'

/** `24 hours`, `14 days`, `1 hour` */
export function spellLife(life: Milliseconds): string {
  const units = [
    ['day', days(1)],
    ['hour', hours(1)],
    ['minute', minutes(1)],
  ] as const
  // A day or two are told in hours: "works for 1 day" leaves open which.
  const fits = ([unit, length]: (typeof units)[number]) =>
    life % length === 0 && life >= (unit === 'day' ? 3 : 1) * length
  const [unit, length] = units.find(fits) ?? ['minute', minutes(1)]
  return counted(Math.max(1, Math.round(life / length)), unit)
}

/** `2 minutes and 5 seconds`; of what takes hours nobody counts the seconds: `22 hours and 50 minutes` */
export function waitText(seconds: number): string {
  const inMinutes = Math.ceil(seconds / 60)
  const parts =
    seconds < 3_600
      ? [counted(Math.floor(seconds / 60), 'minute'), counted(seconds % 60, 'second')]
      : [counted(Math.floor(inMinutes / 60), 'hour'), counted(inMinutes % 60, 'minute')]
  return parts.filter(Boolean).join(' and ')
}

function counted(count: number, unit: string): string {
  return count === 0 ? '' : `${count} ${unit}${count === 1 ? '' : 's'}`
}
