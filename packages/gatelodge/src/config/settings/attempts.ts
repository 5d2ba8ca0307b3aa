// How often one may try.
import { days, hours, minutes, seconds } from '../../time.ts'
import { duration, wholeNumber } from '../values.ts'

export const tries = {
  loginFreeFailures: wholeNumber(1, 100)
    .default(5)
    .meta({
      description:
        'So many wrong passwords for one account (or for an address that nobody has) are free; then each costs a wait. A device on which its ' +
        'owner has logged in before is counted by itself, so that strangers cannot keep them out. Changing the password counts likewise.',
      example: '10',
    }),
  loginFirstWait: duration(seconds(1), minutes(15)).default(seconds(1)).meta({
    description: 'The first such wait. Each further wrong password doubles it.',
    example: '5s',
  }),
  loginLongestWait: duration(seconds(1), hours(24)).default(minutes(15)).meta({
    description: 'The longest such wait: 15 minutes leave a guesser some 100 tries a day.',
    example: '30m',
  }),
  loginFailuresForgotten: duration(minutes(1), days(30)).default(hours(24)).meta({
    description: 'Wrong passwords for an account are forgotten after this time without another.',
    example: '12h',
  }),
  loginFailuresPerAddress: wholeNumber(1, 100_000).default(30).meta({
    description:
      'So many wrong passwords from one client address (for IPv6 its /64 network), whatever the accounts; no success clears them.',
    example: '100',
  }),
  loginAddressWindow: duration(minutes(1), hours(24)).default(minutes(10)).meta({
    description: 'Within this time, counted from the first of them; beyond it that address waits for the rest of it.',
    example: '30m',
  }),
  registrationsPerAddress: wholeNumber(1, 100_000).default(60).meta({
    description:
      'So many registrations from one client address; a try with an address that is taken counts too. A whole school may sit behind one address.',
    example: '200',
  }),
  registrationsWindow: duration(minutes(1), days(7)).default(hours(1)).meta({
    description: 'Within this time, counted from the first of them.',
    example: '24h',
  }),
}
