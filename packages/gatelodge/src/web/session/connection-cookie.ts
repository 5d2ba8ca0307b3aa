// The cookie of a browser that was sent to another provider: what ties the answer to this browser, sealed, for ten minutes.
// It lets nobody in, and costs no row until the answer is right.
import type { Profile } from '../../identity/connections/profile.ts'
import type { Ties } from '../../identity/connections/provider.ts'
import { minutes } from '../../time.ts'
import type { Context } from '../http/context.ts'
import { readCookies, removeCookie, writeCookie } from '../http/cookies.ts'

const name = 'gatelodge-connection'
const lifetime = minutes(10)

/** `log-in` of a visitor; `connect` and `reauthenticate` by the session whose hash this is. */
export type Intent = { kind: 'log-in' } | { kind: 'connect' | 'reauthenticate'; session: string }

interface Journey {
  /** The name of the provider in the settings. */
  provider: string
  ties: Ties
  intent: Intent
  remembered: boolean
  returnTo?: string | undefined
  /** The token of the invitation that this browser came from. */
  invitation?: string | undefined
  /** A native app waits there for a code that only it can use (PKCE). */
  app?: { redirect: string; challenge: string; state: string }
  /** A newcomer, until the account is made. */
  profile?: Profile
}

export interface OpenJourney extends Journey {
  /** A moment: later, the answer is invalid. */
  until: number
}

export function keepJourney(c: Context, journey: Journey, until?: number): void {
  const { sealing, clock } = c.get('services')
  const open: OpenJourney = { ...journey, until: until ?? clock.now() + lifetime }
  writeCookie(c, name, sealing.seal('connection', JSON.stringify(open)), open.until - clock.now())
}

/** @returns undefined where this browser was not sent there, or too long ago. */
export function currentJourney(c: Context, provider: string): OpenJourney | undefined {
  const { sealing, clock } = c.get('services')
  for (const sealed of readCookies(c, name)) {
    const text = sealing.open('connection', sealed)
    const journey = text === undefined ? undefined : (JSON.parse(text) as OpenJourney)
    if (journey?.provider === provider && clock.now() < journey.until) return journey
  }
  return undefined
}

export const forgetJourney = (c: Context) => removeCookie(c, name)
