// Who gets an account, and how one ends.
import { days, hours, minutes } from '../../time.ts'
import { originList } from '../addresses.ts'
import { customFields } from '../custom-fields.ts'
import { duration, oneOf, yesOrNo } from '../values.ts'

export const accounts = {
  registration: oneOf(['instant', 'confirm-first', 'invitation', 'closed'])
    .default('instant')
    .meta({
      description:
        '`instant`: a new user is logged in immediately, and the form says when an address is taken. `confirm-first`: the page gives ' +
        'the same answer for every address. The email says the rest, and the button behind its link creates the account. ' +
        '`invitation`: only people with an invitation can register; its form is as with `instant`. `closed`: nobody can register, not even with an invitation.',
      example: 'confirm-first',
    }),
  fields: customFields.default([]).meta({
    description:
      'More fields for the registration form, in this order: a list of `{ name, label, type, required }`. `type` is `text` (with ' +
      '`maxLength`), `checkbox` (such as terms of use, with `link: { href, text }`) or `select` (with `options`). Each may have a ' +
      '`hint`. Write it as JSON in a variable or flag. Default: only name, address and password.',
    example: '[{"name": "company", "label": "Company", "type": "text", "required": true}]',
    defaultText: 'none',
  }),
  requireVerifiedEmail: yesOrNo.default(false).meta({
    description:
      'Users must verify their email address before they can log in. Sessions of users who have not done so end.',
    example: 'true',
  }),
  secondFactor: oneOf(['off', 'optional', 'required'])
    .default('optional')
    .meta({
      description:
        'Two-factor authentication: a code from an authenticator app besides the password. `optional`: users can set it up for their ' +
        'account. `required`: users without it must set it up at the next login. If the site sends emails, they must verify their ' +
        'address first. `off`: nobody can set it up; accounts that already have it are still asked for a code.',
      example: 'required',
    }),
  passkeyOrigins: originList.default([]).meta({
    description:
      'Other origins that may use the passkeys of this site, separated by commas: the same site at another domain (browsers ask ' +
      '`/.well-known/webauthn` for them), or an Android app as `android:apk-key-hash:…`. Passkeys are made for the host of `baseUrl`. ' +
      'Default: none, this site only.',
    example: 'https://example.net',
    defaultText: 'none',
  }),
  verifyLinkLife: duration(minutes(5), days(30)).default(hours(24)).meta({
    description: 'How long a link works that verifies an address or creates an account.',
    example: '48h',
  }),
  resetLinkLife: duration(minutes(5), hours(24)).default(hours(1)).meta({
    description: 'How long a link works that sets a new password.',
    example: '30m',
  }),
  invitationLife: duration(minutes(5), days(365)).default(days(7)).meta({
    description: 'How long an invitation works, unless it says otherwise.',
    example: '30d',
  }),
  copyResetLinks: yesOrNo.default(false).meta({
    description:
      'Administrators may copy a link that sets a new password, to pass it on where no email arrives. Off: the link is only sent ' +
      'to the owner by email. The link of an administrator is never shown.',
    example: 'true',
  }),
  deletionDelay: duration(0, days(90))
    .default(days(14))
    .meta({
      description:
        'How long a user can restore a deleted account. During this time nobody can log in to it. Then all its rows are deleted. `0s`: ' +
        'they are deleted immediately.',
      example: '30d',
    }),
}
