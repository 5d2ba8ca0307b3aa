// How often one may try.
import { days, hours, minutes, seconds } from '../../time.ts'
import { duration, wholeNumber } from '../values.ts'

export const attempts = {
  loginFreeFailures: wholeNumber(1, 100)
    .default(5)
    .meta({
      description:
        'How many wrong passwords for one account (or for an address without an account) cost no wait. Each further one adds a wait. A ' +
        'device on which the owner has logged in before is counted separately, so that strangers cannot keep the owner out. Wrong ' +
        'passwords at a change of password count too.',
      example: '10',
    }),
  loginFirstWait: duration(seconds(1), minutes(15)).default(seconds(1)).meta({
    description: 'The first wait after too many wrong passwords. Each further wrong password doubles it.',
    example: '5s',
  }),
  loginLongestWait: duration(seconds(1), hours(24)).default(minutes(15)).meta({
    description: 'The longest such wait. With 15 minutes, a guesser has about 100 tries a day.',
    example: '30m',
  }),
  loginFailuresForgotten: duration(minutes(1), days(30)).default(hours(24)).meta({
    description: 'After this time without a wrong password, the earlier ones no longer count.',
    example: '12h',
  }),
  loginFailuresPerAddress: wholeNumber(1, 100_000)
    .default(30)
    .meta({
      description:
        'How many wrong passwords one IP address (for IPv6: its /64 network) may send in `loginAddressWindow`, for all accounts ' +
        'together. A successful login does not reset the count.',
      example: '100',
    }),
  loginAddressWindow: duration(minutes(1), hours(24))
    .default(minutes(10))
    .meta({
      description:
        'The period for `loginFailuresPerAddress`. It starts at the first wrong password. After too many, the IP address must wait ' +
        'until the period ends.',
      example: '30m',
    }),
  registrationsPerAddress: wholeNumber(1, 100_000)
    .default(60)
    .meta({
      description:
        'How many registrations are allowed from one IP address in `registrationsWindow`. An attempt with a taken email address counts ' +
        'too. A whole school may share one IP address.',
      example: '200',
    }),
  registrationsWindow: duration(minutes(1), days(7)).default(hours(1)).meta({
    description: 'The period for `registrationsPerAddress`. It starts at the first registration.',
    example: '24h',
  }),
}
