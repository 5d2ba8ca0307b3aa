// The one place that makes links for emails: from the configured base URL only, never from what a request says of its host.

import { linkPaths, paths } from '../paths.ts'
import type { EmailKind } from './words.ts'

const pathsByKind: Partial<Record<EmailKind, (token: string) => string>> = {
  'verify-email': linkPaths.verifyEmail,
  'start-account': linkPaths.startAccount,
  'reset-password': linkPaths.resetPassword,
  'confirm-email': linkPaths.confirmEmail,
  'email-changed': linkPaths.undoEmailChange,
  'account-deletion-scheduled': linkPaths.restoreAccount,
  'already-registered': () => paths.login,
}

/** @returns the whole address that an email's link leads to; undefined for an email without one. */
export function linkOf(kind: EmailKind, token: string | undefined, baseUrl: string): string | undefined {
  const path = pathsByKind[kind]?.(token ?? '')
  return path && baseUrl + path
}

/** Where anyone who has forgotten their password, or fears for it, gets a new one. */
export function resetLink(baseUrl: string): string {
  return baseUrl + paths.forgotPassword
}
