// A site whose people log in by other providers: the buttons, the way there, and the answer that comes back.
import { NotTried, verdict } from './attack.ts'
import type { Browser } from './browser.ts'
import type { Answer, Ask } from './http.ts'
import { sessionOf, type Target } from './target.ts'

/** As the buttons of the log-in page have them. */
export async function providersOf(target: Target): Promise<[string, ...string[]]> {
  const { body } = await target.get('/login')
  const found = [...body.matchAll(/href="[^"]*\/login\/with\/([a-z][a-z\d-]*)/g)].map((match) => match[1] ?? '')
  const [first, ...others] = new Set(found)
  if (!first) throw new NotTried('they need a site with a provider to log in with')
  return [first, ...others]
}

/** What the browser takes along to the provider. */
export async function leave(target: Target, browser: Browser, name: string, query = '', headers: Ask['headers'] = {}) {
  const answer = await browser.open(`/login/with/${name}${query}`, headers)
  const location = answer.headers.location ?? ''
  if (answer.status === 303 && !isAway(location, target)) throw new NotTried('the provider of the site does not answer')
  const url = new URL(location || '/', target.base)
  return { answer, location, asked: url.searchParams, state: url.searchParams.get('state') ?? '' }
}

export function isAway(location: string, { base }: Target): boolean {
  return URL.canParse(location, base.href) && new URL(location, base).origin !== base.origin
}

export const back = (name: string, query: Record<string, string>) =>
  `/login/with/${name}/callback?${new URLSearchParams(query)}`

/** No session, and nothing that leads to another site. */
export function closed(answer: Answer, target: Target) {
  const { status, headers } = answer
  const isSafe = status >= 300 && status < 500 && !sessionOf(answer) && !isAway(headers.location ?? '/', target)
  return verdict(isSafe, sessionOf(answer) ? 'a session' : String(status))
}
