// Where the people who run the site demand it, a log-in with the old password ends with another one. A passkey or a provider
// does not use the password, so that such a log-in passes, and the demand waits.
import { paths } from '../../paths.ts'
import { hours } from '../../time.ts'
import type { Step } from '../../web/session/step.ts'

export const newPassword: Step = {
  name: 'new password',
  page: paths.newPassword,
  code: 'new-password-required',
  lasts: hours(1),
  isDue: async ({ account, proof }) => account.passwordDemandedAt !== null && proof.methods.pwd !== undefined,
}
