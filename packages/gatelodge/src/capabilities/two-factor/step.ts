// Behind the password comes the second factor, where the account has one; and where the site demands one of everybody, it is
// set up before the session starts.
import { paths } from '../../paths.ts'
import { hours, minutes } from '../../time.ts'
import type { Step } from '../../web/session/step.ts'

export const secondFactor: Step = {
  name: 'second factor',
  page: paths.twoFactor,
  code: 'second-factor-required',
  lasts: minutes(10),
  async isDue({ account, proof, device, services }) {
    if (!account.hasSecondFactor || proof.methods.mfa !== undefined) return false
    return !(await services.secondFactors.trusted.isTrusted(device.trustTokens, account))
  },
  /** One without data is not offered. */
  async ways({ secondFactors, database }, account) {
    const { totp, recoveryCodesLeft } = await secondFactors.ofAccount(database.db, account)
    return [...(totp ? ['app'] : []), ...(recoveryCodesLeft > 0 ? ['recovery-code'] : [])]
  },
}

export const enrolment: Step = {
  name: 'second factor set up',
  page: paths.twoFactorSetUp,
  code: 'second-factor-enrolment-required',
  lasts: hours(1),
  /** A passkey that checked a PIN, a fingerprint or a face has proved two factors already. */
  isDue: async ({ account, proof, settings }) =>
    settings.secondFactor === 'required' && !account.hasSecondFactor && proof.methods.mfa === undefined,
}
