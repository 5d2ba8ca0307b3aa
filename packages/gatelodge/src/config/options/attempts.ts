// Written from config/settings/ by `npm run docs`: what an editor shows of each setting.
import type { SettingsInput } from '../schema.ts'

export interface AttemptsOptions {
  /**
   * How many wrong passwords for one account (or for an address without an account) cost no wait. Each further one adds a wait. A device on which the owner has logged in before is counted separately, so that strangers cannot keep the owner out. Wrong passwords at a change of password count too.
   *
   * A whole number from 1 to 100.
   * @default 5
   * @example 10
   */
  loginFreeFailures?: SettingsInput['loginFreeFailures'] | undefined
  /**
   * The first wait after too many wrong passwords. Each further wrong password doubles it.
   *
   * A duration such as `90s`, `15m`, `12h` or `30d`; a number means milliseconds.
   * @default 1s
   * @example 5s
   */
  loginFirstWait?: SettingsInput['loginFirstWait'] | undefined
  /**
   * The longest such wait. With 15 minutes, a guesser has about 100 tries a day.
   *
   * A duration such as `90s`, `15m`, `12h` or `30d`; a number means milliseconds.
   * @default 15m
   * @example 30m
   */
  loginLongestWait?: SettingsInput['loginLongestWait'] | undefined
  /**
   * After this time without a wrong password, the earlier ones no longer count.
   *
   * A duration such as `90s`, `15m`, `12h` or `30d`; a number means milliseconds.
   * @default 1d
   * @example 12h
   */
  loginFailuresForgotten?: SettingsInput['loginFailuresForgotten'] | undefined
  /**
   * How many wrong passwords one IP address (for IPv6: its /64 network) may send in `loginAddressWindow`, for all accounts together. A successful login does not reset the count.
   *
   * A whole number from 1 to 100000.
   * @default 30
   * @example 100
   */
  loginFailuresPerAddress?: SettingsInput['loginFailuresPerAddress'] | undefined
  /**
   * The period for `loginFailuresPerAddress`. It starts at the first wrong password. After too many, the IP address must wait until the period ends.
   *
   * A duration such as `90s`, `15m`, `12h` or `30d`; a number means milliseconds.
   * @default 10m
   * @example 30m
   */
  loginAddressWindow?: SettingsInput['loginAddressWindow'] | undefined
  /**
   * How many registrations are allowed from one IP address in `registrationsWindow`. An attempt with a taken email address counts too. A whole school may share one IP address.
   *
   * A whole number from 1 to 100000.
   * @default 60
   * @example 200
   */
  registrationsPerAddress?: SettingsInput['registrationsPerAddress'] | undefined
  /**
   * The period for `registrationsPerAddress`. It starts at the first registration.
   *
   * A duration such as `90s`, `15m`, `12h` or `30d`; a number means milliseconds.
   * @default 1h
   * @example 24h
   */
  registrationsWindow?: SettingsInput['registrationsWindow'] | undefined
}
