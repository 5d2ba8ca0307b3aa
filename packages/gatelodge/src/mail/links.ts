// The one place that makes links for letters: from the configured base URL only, never from what a request says of its host.
import type { LetterKind } from '../text/en/letters.ts'
import { linkPaths, paths } from '../web/paths.ts'

const pathsByKind: Partial<Record<LetterKind, (token: string) => string>> = {
  'verify-email': linkPaths.verifyEmail,
  'start-account': linkPaths.startAccount,
  'reset-password': linkPaths.resetPassword,
  'confirm-email': linkPaths.confirmEmail,
  'email-changed': linkPaths.undoEmailChange,
  'account-closed': linkPaths.restoreAccount,
  'already-registered': () => paths.login,
}

/** @returns the whole address that a letter's link leads to; undefined for a letter without one. */
export function linkOf(kind: LetterKind, token: string | undefined, baseUrl: string): string | undefined {
  const path = pathsByKind[kind]?.(token ?? '')
  return path && baseUrl + path
}

/** Where whoever has forgotten their password, or fears for it, gets a new one. */
export function resetLink(baseUrl: string): string {
  return baseUrl + paths.forgotPassword
}
