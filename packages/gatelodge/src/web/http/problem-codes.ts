// The stable codes of problems (RFC 9457) and the status of each: the one place where a status stands.
import { apiPath } from '../../paths.ts'
import type { Messages } from '../../text/messages.ts'
import { say, type Text } from '../../text/text.ts'

/** Programs may decide by a code; each has one status, and its sentence in `refusals` of the catalogue. */
export const statusOf = {
  unreadable: 400,
  query: 400,
  'two-credentials': 401,
  credentials: 401,
  'passkey-refused': 401,
  'provider-refused': 401,
  'login-required': 401,
  'key-required': 401,
  'login-over': 401,
  'reauthentication-required': 403,
  unverified: 403,
  'not-in-group': 403,
  'key-scope': 403,
  'second-factor-required': 403,
  'second-factor-enrolment-required': 403,
  'new-password-required': 403,
  'second-factor-off': 403,
  'registration-closed': 403,
  'invitation-required': 403,
  'other-address': 403,
  'email-not-set-up': 403,
  'cross-site-request': 403,
  'not-embedded': 403,
  'not-found': 404,
  'second-factor-missing': 404,
  'passkey-missing': 404,
  'account-missing': 404,
  'passkey-not-askable': 409,
  'method-not-allowed': 405,
  'logged-in': 409,
  'second-factor-exists': 409,
  'passkey-exists': 409,
  'too-many-passkeys': 409,
  'too-many-groups': 409,
  'last-way-in': 409,
  'last-administrator': 409,
  state: 409,
  'invalid-link': 410,
  'too-large': 413,
  'unknown-type': 415,
  'json-at-a-page': 415,
  fields: 422,
  'passkey-algorithm': 422,
  'rate-limited': 429,
  failed: 500,
  'upstream-away': 502,
  unavailable: 503,
  busy: 503,
  'upstream-slow': 504,
} as const satisfies Record<keyof Messages['refusals'], number>

export type ProblemCode = keyof typeof statusOf

/** The sentence of a code, the same for every request. */
export function problemTitle(text: Text, code: ProblemCode, basePath: string): string {
  return say(text.refusals[code], { api: basePath + apiPath })
}
