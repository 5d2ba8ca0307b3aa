// Behind the password comes the second factor, where the account has one; and where the site demands one of everybody, it is
// set up before the session starts.
import { demandsFactorOf, isEnoughForAdministrator } from '../../identity/accounts/demands.ts'
import { isAdministrator } from '../../identity/groups/names.ts'
import { paths } from '../../paths.ts'
import type { Services } from '../../services.ts'
import { hours, minutes } from '../../time.ts'
import type { Step } from '../../web/session/step.ts'

export const secondFactor: Step = {
  name: 'second factor',
  page: paths.twoFactor,
  code: 'second-factor-required',
  lasts: minutes(10),
  async isDue({ account, proof, device, settings, services }) {
    if (proof.methods.mfa !== undefined) return false
    if (!account.hasSecondFactor) {
      // Where the site demands a second factor, a passkey behind a password is one; a key behind another key is not.
      const isByKey = proof.methods.hwk !== undefined || proof.methods.swk !== undefined
      return demandsFactorOf(settings, account) && !isByKey && (await hasPasskey(services, account.id))
    }
    // Only a device is trusted: an administrator proves it each time.
    if (isAdministrator(account)) return true
    return !(await services.secondFactors.trusted.isTrusted(device.trustTokens, account))
  },
  /** One without data is not offered. */
  async ways(services, account) {
    const { secondFactors, database } = services
    const { totp, recoveryCodesLeft } = await secondFactors.ofAccount(database.db, account)
    const passkey = (await hasPasskey(services, account)) ? ['passkey'] : []
    return [...(totp ? ['app'] : []), ...passkey, ...(recoveryCodesLeft > 0 ? ['recovery-code'] : [])]
  },
}

async function hasPasskey({ passkeys, database }: Services, account: Buffer): Promise<boolean> {
  return (await passkeys.ofAccount(database.db, account)).length > 0
}

export const enrolment: Step = {
  name: 'second factor set up',
  page: paths.twoFactorSetUp,
  code: 'second-factor-enrolment-required',
  lasts: hours(1),
  /** A passkey that checked a PIN, a fingerprint or a face has proved two factors already; of administrators no other key is enough. */
  isDue: async ({ account, proof, settings }) =>
    demandsFactorOf(settings, account) &&
    !(isAdministrator(account)
      ? account.hasApp || isEnoughForAdministrator(account, proof.methods)
      : account.hasSecondFactor || proof.methods.mfa !== undefined),
}
