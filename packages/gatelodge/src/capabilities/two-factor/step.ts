// Behind the password comes the second factor, where the account has one; and where the site demands one of everybody, it is
// set up before the session starts.
import { demandsFactorOf } from '../../identity/accounts/demands.ts'
import { isAdministrator } from '../../identity/groups/names.ts'
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
    // Only a device is trusted: an administrator proves it each time.
    if (isAdministrator(account)) return true
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
  isDue: async ({ account, settings }) => demandsFactorOf(settings, account) && !account.hasSecondFactor,
}
