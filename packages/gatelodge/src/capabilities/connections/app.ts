// Logging in for a native app: it opens the system's browser, and the browser brings a code back that only this app can use
// (RFC 8252, RFC 7636). The code is the proof itself, sealed: it costs no row until it is used.
import type { Profile } from '../../identity/connections/profile.ts'
import { digest, isSame } from '../../identity/sealing.ts'
import type { Services } from '../../services.ts'
import { minutes } from '../../time.ts'
import type { Context } from '../../web/http/context.ts'
import type { OpenJourney } from '../../web/session/connection-cookie.ts'
import type { ProviderProof } from './proof.rules.ts'

type App = NonNullable<OpenJourney['app']>

/** @returns undefined where it is a browser's own login; `unknown` for an address that the settings do not have. */
export function askingApp(c: Context): App | 'unknown' | undefined {
  const redirect = c.req.query('app_redirect')
  if (redirect === undefined) return undefined
  const [challenge = '', state = ''] = [c.req.query('app_challenge'), c.req.query('app_state')]
  const isKnown = c.get('services').settings.appRedirects.includes(redirect)
  return isKnown && /^[\w-]{43}$/.test(challenge) && state.length <= 300 ? { redirect, challenge, state } : 'unknown'
}

const codeLife = minutes(2)

interface Sealed {
  provider: string
  profile: Profile
  state: string
  until: number
  challenge: string
}

/** @returns the address of the app, with the code. */
export function handOver(
  { sealing, clock }: Pick<Services, 'sealing' | 'clock'>,
  proof: ProviderProof,
  app: App,
): string {
  const until = Math.min(proof.until, clock.now() + codeLife)
  const sealed: Sealed = {
    ...{ provider: proof.setting.name, profile: proof.profile, state: proof.state, until },
    challenge: app.challenge,
  }
  const code = sealing.seal('connection code', JSON.stringify(sealed))
  return `${app.redirect}?${new URLSearchParams({ code, ...(app.state && { state: app.state }) })}`
}

/** @returns undefined for a code that is not ours, too old, or that another app asked for. */
export function proofFromApp(
  { sealing, clock, connections }: Pick<Services, 'sealing' | 'clock' | 'connections'>,
  code: string,
  verifier: string,
): ProviderProof | undefined {
  const text = sealing.open('connection code', code)
  const app = text === undefined ? undefined : (JSON.parse(text) as Sealed)
  if (!app || clock.now() >= app.until) return undefined
  const setting = connections.find(app.provider)
  if (!setting || !isSame(digest(verifier).toString('base64url'), app.challenge)) return undefined
  return { setting, profile: app.profile, state: app.state, until: app.until }
}
