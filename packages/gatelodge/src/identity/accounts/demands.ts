// What an account must have before anyone may enter it: what the site demands of everyone, and of administrators always.
import { demandsVerifiedEmail, emailsMode } from '../../config/email-mode.ts'
import type { Settings } from '../../config/schema.ts'
import { isAdministrator } from '../groups/names.ts'
import type { Methods } from '../logins/methods.ts'

type DemandSettings = Parameters<typeof demandsVerifiedEmail>[0]
type Member = { groups: readonly string[] }

/** Administrators add a second factor, and nobody adds one before the address is confirmed where emails can confirm it. */
export function demandsAddressOf(settings: DemandSettings, account: Member): boolean {
  return demandsVerifiedEmail(settings) || (isAdministrator(account) && emailsMode(settings) !== 'none')
}

/** Whatever the setting says, administrators have one (ASVS V6.3.3, V8.4.2). */
export function demandsFactorOf({ secondFactor }: Pick<Settings, 'secondFactor'>, account: Member): boolean {
  return secondFactor === 'required' || isAdministrator(account)
}

/** Whether a fresh proof is never the password alone: that would be one factor for all. */
export function asksForFactor(account: Member & { hasSecondFactor: boolean }): boolean {
  return account.hasSecondFactor || isAdministrator(account)
}

/** Whether a provider alone is a fresh proof: only where the account has nothing of ours to prove with. */
export function isProvedByProvider(
  account: Member & { hasSecondFactor: boolean; passwordChangedAt: number | null },
): boolean {
  return account.passwordChangedAt === null && !asksForFactor(account)
}

/**
 * Whether what was proved is enough for an administrator: an app with its code, or a passkey that checked who uses it. A key
 * without a PIN is enough beside an app only.
 */
export function isEnoughForAdministrator({ hasApp }: { hasApp: boolean }, methods: Methods): boolean {
  return methods.mfa !== undefined && (hasApp || methods.user !== undefined)
}
