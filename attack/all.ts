// All attacks, in the order in which they run.
import type { Attack } from './attack.ts'
import { accountDoors } from './attacks/account-doors.ts'
import { addresses } from './attacks/addresses.ts'
import { adminKeys } from './attacks/admin-keys.ts'
import { bodies } from './attacks/bodies.ts'
import { consoleDoors } from './attacks/console-doors.ts'
import { crossSite } from './attacks/cross-site.ts'
import { emailBombs } from './attacks/email-bombs.ts'
import { emailTells } from './attacks/email-tells.ts'
import { emails } from './attacks/emails.ts'
import { endedSessions } from './attacks/ended-sessions.ts'
import { errors } from './attacks/errors.ts'
import { factorCodes } from './attacks/factor-codes.ts'
import { factorCrossSite } from './attacks/factor-cross-site.ts'
import { factorDoors } from './attacks/factor-doors.ts'
import { fields } from './attacks/fields.ts'
import { files } from './attacks/files.ts'
import { forms } from './attacks/forms.ts'
import { existence, guessingMany } from './attacks/guessing-many.ts'
import { guessingOne } from './attacks/guessing-one.ts'
import { headers } from './attacks/headers.ts'
import { hosts } from './attacks/hosts.ts'
import { injection } from './attacks/injection.ts'
import { invitations } from './attacks/invitations.ts'
import { linkReaders } from './attacks/link-readers.ts'
import { linkTokens } from './attacks/link-tokens.ts'
import { links } from './attacks/links.ts'
import { methods } from './attacks/methods.ts'
import { newcomerLinks } from './attacks/newcomer-links.ts'
import { newcomerPasskeys } from './attacks/newcomer-passkeys.ts'
import { passkeys } from './attacks/passkeys.ts'
import { passwords } from './attacks/passwords.ts'
import { paths } from './attacks/paths.ts'
import { preHijack } from './attacks/pre-hijack.ts'
import { privacy } from './attacks/privacy.ts'
import { providerAccounts } from './attacks/provider-accounts.ts'
import { providerAnswers } from './attacks/provider-answers.ts'
import { providerRedirects } from './attacks/provider-redirects.ts'
import { redirects } from './attacks/redirects.ts'
import { secondFactor } from './attacks/second-factor.ts'
import { sessions } from './attacks/sessions.ts'
import { slow } from './attacks/slow.ts'
import { smuggling } from './attacks/smuggling.ts'
import { trustedDevices } from './attacks/trusted-devices.ts'

/** They wait most of the time, so they begin first and run beside the others. */
export const beside: Attack[] = slow

export const inTurn: Attack[] = [
  ...addresses,
  ...bodies,
  ...forms,
  ...fields,
  ...redirects,
  ...hosts,
  ...sessions,
  ...endedSessions,
  ...crossSite,
  ...methods,
  ...paths,
  ...passwords,
  ...injection,
  ...privacy,
  ...headers,
  ...files,
  ...errors,
  ...invitations,
  ...links,
  ...linkTokens,
  ...linkReaders,
  ...emails,
  ...emailTells,
  ...preHijack,
  ...accountDoors,
  ...consoleDoors,
  ...secondFactor,
  ...factorCodes,
  ...factorDoors,
  ...factorCrossSite,
  ...trustedDevices,
  ...passkeys,
  ...newcomerPasskeys,
  ...newcomerLinks,
  ...providerAnswers,
  ...providerRedirects,
  ...providerAccounts,
  ...adminKeys,
  ...emailBombs,
  ...smuggling,
]

/** They use up the patience that the site has with one client address. The first compares answers, so it needs guesses that are left. */
export const last: Attack[] = [existence, ...guessingOne, ...guessingMany]
