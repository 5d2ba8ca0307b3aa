// The session of an app that is no browser: its token comes in a header that no browser adds by itself (RFC 6750), so no
// other site can make use of it. Only the API reads it: elsewhere the header is for the app behind.
import { bearerPrefix } from '../../identity/sessions/rules.ts'
import type { Context } from '../http/context.ts'
import { isApi } from '../http/is-api.ts'

const form = /^bearer(?: +(.*))?$/i

/** In a header that was meant for another app. */
export const isBearerOfOurs = (header: string | undefined) =>
  form.exec(header ?? '')?.[1]?.startsWith(bearerPrefix) ?? false

/** The token as it was sent, whatever it is worth; undefined where there is none, or another scheme. */
export function bearerToken(c: Context): string | undefined {
  const match = isApi(c) && form.exec(c.req.header('authorization') ?? '')
  return match ? (match[1] ?? '') : undefined
}
