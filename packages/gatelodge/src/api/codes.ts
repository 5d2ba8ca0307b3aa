// The stable codes of problems, and the status of each.
import type { Messages } from '../text/messages.ts'

/** Programs may decide by a code; each has one status. */
export const statusOf = {
  unreadable: 400,
  'two-credentials': 400,
  credentials: 401,
  'login-required': 401,
  'login-over': 401,
  'reauthentication-required': 403,
  unverified: 403,
  'registration-closed': 403,
  'email-not-set-up': 403,
  'cross-site-request': 403,
  'not-embedded': 403,
  'not-found': 404,
  'logged-in': 409,
  'invalid-link': 410,
  'too-large': 413,
  'unknown-type': 415,
  fields: 422,
  'rate-limited': 429,
  failed: 500,
  unavailable: 503,
  busy: 503,
} as const satisfies Partial<Record<keyof Messages['refusals'], number>>

export type ApiCode = keyof typeof statusOf
