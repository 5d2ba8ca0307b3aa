// Written from config/settings/ by `npm run docs`: what an editor shows of each setting.
import type { SettingsInput } from '../schema.ts'

export interface AccountsOptions {
  /**
   * `instant`: a new user is logged in immediately, and the form says when an address is taken. `confirm-first`: the page gives the same answer for every address. The email says the rest, and the button behind its link creates the account. `invitation`: only people with an invitation can register; its form is as with `instant`. `closed`: nobody can register, not even with an invitation.
   *
   * One of `instant`, `confirm-first`, `invitation`, `closed`.
   * @default instant
   * @example confirm-first
   */
  registration?: SettingsInput['registration'] | undefined
  /**
   * More fields for the registration form, in this order: a list of `{ name, label, type, required }`. `type` is `text` (with `maxLength`), `checkbox` (such as terms of use, with `link: { href, text }`) or `select` (with `options`). Each may have a `hint`. Write it as JSON in a variable or flag. Default: only name, address and password.
   *
   * @default none
   * @example [{"name": "company", "label": "Company", "type": "text", "required": true}]
   */
  fields?: SettingsInput['fields'] | undefined
  /**
   * Users must verify their email address before they can log in. Sessions of users who have not done so end.
   *
   * `true` or `false`.
   * @default false
   * @example true
   */
  requireVerifiedEmail?: SettingsInput['requireVerifiedEmail'] | undefined
  /**
   * Two-factor authentication: a code from an authenticator app besides the password. `optional`: users can set it up for their account. `required`: users without it must set it up at the next login. If the site sends emails, they must verify their address first. `off`: nobody can set it up; accounts that already have it are still asked for a code.
   *
   * One of `off`, `optional`, `required`.
   * @default optional
   * @example required
   */
  secondFactor?: SettingsInput['secondFactor'] | undefined
  /**
   * Other origins that may use the passkeys of this site, separated by commas: the same site at another domain (browsers ask `/.well-known/webauthn` for them), or an Android app as `android:apk-key-hash:…`. Passkeys are made for the host of `baseUrl`. Default: none, this site only.
   *
   * Origins, separated by commas, or an array of them.
   * @default none
   * @example https://example.net
   */
  passkeyOrigins?: SettingsInput['passkeyOrigins'] | undefined
  /**
   * How long a link works that verifies an address or creates an account.
   *
   * A duration such as `90s`, `15m`, `12h` or `30d`; a number means milliseconds.
   * @default 1d
   * @example 48h
   */
  verifyLinkLife?: SettingsInput['verifyLinkLife'] | undefined
  /**
   * How long a link works that sets a new password.
   *
   * A duration such as `90s`, `15m`, `12h` or `30d`; a number means milliseconds.
   * @default 1h
   * @example 30m
   */
  resetLinkLife?: SettingsInput['resetLinkLife'] | undefined
  /**
   * How long an invitation works, unless it says otherwise.
   *
   * A duration such as `90s`, `15m`, `12h` or `30d`; a number means milliseconds.
   * @default 7d
   * @example 30d
   */
  invitationLife?: SettingsInput['invitationLife'] | undefined
  /**
   * Administrators may copy a link that sets a new password, to pass it on where no email arrives. Off: the link is only sent to the owner by email. The link of an administrator is never shown.
   *
   * `true` or `false`.
   * @default false
   * @example true
   */
  copyResetLinks?: SettingsInput['copyResetLinks'] | undefined
  /**
   * How long a user can restore a deleted account. During this time nobody can log in to it. Then all its rows are deleted. `0s`: they are deleted immediately.
   *
   * A duration such as `90s`, `15m`, `12h` or `30d`; a number means milliseconds.
   * @default 14d
   * @example 30d
   */
  deletionDelay?: SettingsInput['deletionDelay'] | undefined
}
