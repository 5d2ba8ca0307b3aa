// Written from config/settings/ by `npm run docs`: what an editor shows of each setting.
import type { SettingsInput } from '../schema.ts'

export interface SessionsOptions {
  /**
   * A session ends after this time without use.
   *
   * A duration such as `90s`, `15m`, `12h` or `30d`; a number means milliseconds.
   * @default 12h
   * @example 30m
   */
  sessionIdle?: SettingsInput['sessionIdle'] | undefined
  /**
   * The same, for users who ticked "Keep me logged in".
   *
   * A duration such as `90s`, `15m`, `12h` or `30d`; a number means milliseconds.
   * @default 30d
   * @example 14d
   */
  sessionIdleRemembered?: SettingsInput['sessionIdleRemembered'] | undefined
  /**
   * A session ends this long after it started, even if it is in use.
   *
   * A duration such as `90s`, `15m`, `12h` or `30d`; a number means milliseconds.
   * @default 90d
   * @example 30d
   */
  sessionAge?: SettingsInput['sessionAge'] | undefined
  /**
   * Whether `Authorization: Bearer` with a session token of the API counts as logged in for your app: behind `upstream`, at `/forward-auth` and `/auth-request`, and in the guards and `session()` of an app that embeds Gatelodge. It is never accepted together with the session cookie. If off, only the API accepts it. Needs `api`.
   *
   * `true` or `false`.
   * @default false
   * @example true
   */
  bearer?: SettingsInput['bearer'] | undefined
}
