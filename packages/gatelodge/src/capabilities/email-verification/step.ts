// Where the site asks for it, a session starts only once its owner has confirmed the address of the account.
import { demandsAddressOf } from '../../identity/accounts/demands.ts'
import { paths } from '../../paths.ts'
import { hours } from '../../time.ts'
import type { Step } from '../../web/session/step.ts'

export const verifiedAddress: Step = {
  name: 'verified address',
  page: paths.verifyEmail,
  code: 'unverified',
  lasts: hours(1),
  isDue: async ({ account, settings }) => demandsAddressOf(settings, account) && account.verifiedAt === null,
}
