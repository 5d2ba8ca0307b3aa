// How long a session lasts.
import { days, hours, minutes } from '../../time.ts'
import { duration, yesOrNo } from '../values.ts'

export const sessions = {
  sessionIdle: duration(minutes(5), days(90)).default(hours(12)).meta({
    description: 'A session ends after this time without use.',
    example: '30m',
  }),
  sessionIdleRemembered: duration(minutes(5), days(365)).default(days(30)).meta({
    description: 'The same, for users who ticked "Keep me logged in".',
    example: '14d',
  }),
  sessionAge: duration(minutes(5), days(365)).default(days(90)).meta({
    description: 'A session ends this long after it started, even if it is in use.',
    example: '30d',
  }),
  bearer: yesOrNo.default(false).meta({
    description:
      'Whether `Authorization: Bearer` with a session token of the API counts as logged in for your app: behind `upstream`, at ' +
      '`/forward-auth` and `/auth-request`, and in the guards and `session()` of an app that embeds Gatelodge. It is never accepted ' +
      'together with the session cookie. If off, only the API accepts it. Needs `api`.',
    example: 'true',
  }),
}
