// The stable codes of problems, and the status of each.
import type { text } from '../text/en.ts'

/** Programs may decide by a code; each has one status. */
export const statusOf = {
  unreadable: 400,
  'two-credentials': 400,
  credentials: 401,
  'log-in-first': 401,
  'login-over': 401,
  'confirm-password-first': 403,
  unverified: 403,
  'registration-closed': 403,
  'no-letters': 403,
  'not-same-site': 403,
  'not-embedded': 403,
  'not-found': 404,
  'logged-in': 409,
  'dead-link': 410,
  'too-large': 413,
  'unknown-type': 415,
  fields: 422,
  'held-back': 429,
  failed: 500,
  unavailable: 503,
  busy: 503,
} as const satisfies Partial<Record<keyof typeof text.refusals, number>>

export type ApiCode = keyof typeof statusOf
