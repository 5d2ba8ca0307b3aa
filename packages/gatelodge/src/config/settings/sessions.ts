// How long a session lasts.
import { days, hours, minutes } from '../../time.ts'
import { duration, yesOrNo } from '../values.ts'

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
  bearer: yesOrNo.default(false).meta({
    description:
      'Whether `Authorization: Bearer` with a session token of the API counts as logged in for the app: behind `upstream`, at `/forward-auth` and ' +
      '`/auth-request`, and in the guards and `session()` of an app that holds Gatelodge. Never together with the session cookie. Off: the API ' +
      'alone reads it. Needs `api`.',
    example: 'true',
  }),
}
