// How long a session lasts.
import { days, hours, minutes } from '../../time.ts'
import { duration } from '../values.ts'

export const sessions = {
  sessionIdle: duration(minutes(5), days(90)).default(hours(12)).meta({
    description: 'A session ends when nobody used it for this long.',
    example: '30m',
  }),
  sessionIdleRemembered: duration(minutes(5), days(365)).default(days(30)).meta({
    description: 'The same, for people who ticked "Keep me logged in".',
    example: '14d',
  }),
  sessionAge: duration(minutes(5), days(365)).default(days(90)).meta({
    description: 'A session ends this long after it began, however much it is used.',
    example: '30d',
  }),
}
