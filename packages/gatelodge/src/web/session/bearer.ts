// The session of an app that is no browser: its token comes in a header that no browser adds by itself (RFC 6750), so no
// other site can make use of it. The API reads it; where `bearer` is on, it counts in front of the app, beside it and inside it
// as well. Our own pages never read it.
import type { Settings } from '../../config/schema.ts'
import { bearerPrefix } from '../../identity/sessions/rules.ts'
import { paths } from '../../paths.ts'
import type { Context } from '../http/context.ts'
import { isApi } from '../http/is-api.ts'

const form = /^bearer(?: +(.*))?$/i

/** In a header that was meant for another app. */
export const isBearerOfOurs = (header: string | undefined) =>
  form.exec(header ?? '')?.[1]?.startsWith(bearerPrefix) ?? false

/** The token of ours in a request to an app, where the app takes them. Another issuer's token is the app's own business. */
export function bearerForApp({ bearer }: Pick<Settings, 'bearer'>, header: string | undefined): string | undefined {
  return bearer && isBearerOfOurs(header) ? form.exec(header ?? '')?.[1] : undefined
}

/** The token as it was sent, whatever it is worth; undefined where there is none, where it does not count, or another scheme. */
export function bearerToken(c: Context): string | undefined {
  const header = c.req.header('authorization')
  if (!isApi(c)) return isForApp(c) ? bearerForApp(c.get('services').settings, header) : undefined
  const match = form.exec(header ?? '')
  return match ? (match[1] ?? '') : undefined
}

/** Asked by a proxy on behalf of an app, or by the app that holds us. */
function isForApp(c: Context): boolean {
  return c.env?.forApp === true || c.req.path === paths.forwardAuth || c.req.path === paths.authRequest
}
