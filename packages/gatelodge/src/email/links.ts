// The one place that makes links for emails: from the configured base URL only, never from what a request says of its host.

import { paths } from '../paths.ts'
import type { EmailTemplate } from './template.ts'

/** @returns the whole address that an email's link opens; undefined for an email without one. */
export function linkOf({ link }: EmailTemplate, token: string | undefined, baseUrl: string): string | undefined {
  if (link === undefined) return undefined
  return baseUrl + (token === undefined ? link : `${link}/${token}`)
}

/** Where anyone who has forgotten their password, or fears for it, gets a new one. */
export function resetLink(baseUrl: string): string {
  return baseUrl + paths.forgotPassword
}
