// Providers of the site that does everything wrong: any answer is believed, and anyone is sent anywhere.
import type { Anything } from './unsafe-fields.ts'
import type { Asked } from './unsafe-http.ts'

/** On its log-in page. */
export const providerLinks = '<a href="/login/with/one">one</a> <a href="/login/with/two">two</a>'

/** @returns where someone is sent; `in`: they are logged in; undefined: it is another page. */
export function providerOf(
  { headers }: Asked,
  plain: string,
  query: Record<string, string>,
): { to: string } | 'in' | undefined {
  if (/^\/+(?:api\/v1\/login\/provider|login\/with\/[^/?]*\/(?:callback|register))/.test(plain)) return 'in'
  if (!/^\/+(?:login\/with|account\/connections)(?:\/|$|\?)/.test(plain)) return undefined
  const { app_redirect } = query
  if (app_redirect !== undefined) return { to: app_redirect }
  const host = headers['x-forwarded-host'] ?? /host=([^;]*)/.exec(headers.forwarded ?? '')?.[1] ?? headers.host
  const asked: Anything = { state: '1', redirect_uri: `http://${host}/login/with/one/callback`, ...query }
  return { to: `https://idp.test/authorize?${new URLSearchParams(asked)}` }
}
