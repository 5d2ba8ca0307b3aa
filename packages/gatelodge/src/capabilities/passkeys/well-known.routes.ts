// What browsers and password managers ask of a site that has passkeys, at addresses of the host itself: full addresses, no
// redirect.
import { Hono } from 'hono'
import { paths } from '../../paths.ts'
import { answer } from '../../web/http/answer.ts'
import type { AppEnv, Context } from '../../web/http/context.ts'

export const wellKnown = new Hono<AppEnv>()

/** W3C, "A Well-Known URL for Relying Party Passkey Endpoints". */
wellKnown.get(paths.wellKnownPasskeys, (c) => {
  const { baseUrl, basePath } = c.get('services').settings
  const at = (path: string) => baseUrl + basePath + path
  return publicJson(c, { enroll: at(paths.addPasskey), manage: at(paths.passkeys) })
})

/** WebAuthn Level 3, section 5.11: where else the passkeys of this site may be used. */
wellKnown.get(paths.wellKnownOrigins, (c) => {
  const { passkeyOrigins } = c.get('services').settings
  return publicJson(c, { origins: passkeyOrigins.filter((origin) => origin.startsWith('https:')) })
})

function publicJson(c: Context, value: object): Response {
  const headers = { 'content-type': 'application/json', 'cache-control': 'public, max-age=3600' }
  return answer(c, 200, JSON.stringify(value), headers)
}
