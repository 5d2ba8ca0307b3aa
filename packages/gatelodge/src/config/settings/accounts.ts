// Who gets an account, and how one ends.
import { days, hours, minutes } from '../../time.ts'
import { originList } from '../addresses.ts'
import { customFields } from '../custom-fields.ts'
import { duration, oneOf, yesOrNo } from '../values.ts'

export const accounts = {
  registration: oneOf(['instant', 'confirm-first', 'closed'])
    .default('instant')
    .meta({
      description:
        '`instant`: anyone who registers is logged in at once, and a taken address is said at the field. `confirm-first`: one answer whatever the ' +
        'address; an email tells the rest, and the account starts at the button behind its link. `closed`: nobody new may register.',
      example: 'confirm-first',
    }),
  fields: customFields.default([]).meta({
    description:
      'More fields for the registration form, in their order: a list of `{ name, label, type, required }` with `type` `text` (`maxLength`), ' +
      '`checkbox` (such as terms of use, with `link: { href, text }`) or `select` (`options`), and `hint`. As JSON in a variable or flag. ' +
      'Default: name, address and password are all.',
    example: '[{"name": "company", "label": "Company", "type": "text", "required": true}]',
    defaultText: 'none',
  }),
  requireVerifiedEmail: yesOrNo.default(false).meta({
    description: 'Nobody is let in before they have confirmed their address. Sessions of others end.',
    example: 'true',
  }),
  secondFactor: oneOf(['off', 'optional', 'required'])
    .default('optional')
    .meta({
      description:
        'Codes of an app besides the password. `optional`: everyone may set them up for their own account. `required`: anyone who has none sets them ' +
        'up at the next login, and, where the site sends emails, confirms the address before. `off`: nobody can add them; an account that has them ' +
        'is still asked.',
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
    description: 'How long a link works that confirms an address or starts an account.',
    example: '48h',
  }),
  resetLinkLife: duration(minutes(5), hours(24)).default(hours(1)).meta({
    description: 'How long a link works that sets a new password.',
    example: '30m',
  }),
  deletionDelay: duration(0, days(90)).default(days(14)).meta({
    description:
      'How long someone who deleted their account can come back. It is closed meanwhile; then every row of it goes. `0s`: at once.',
    example: '30d',
  }),
}
