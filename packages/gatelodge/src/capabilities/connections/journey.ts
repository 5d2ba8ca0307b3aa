// The browser is sent to a provider, and comes back: the part that is the same whatever for.
import type { ConnectionSetting } from '../../config/connections.ts'
import { isSame } from '../../identity/sealing.ts'
import { paths, providerPaths } from '../../paths.ts'
import { seeOther } from '../../web/http/answer.ts'
import type { Context } from '../../web/http/context.ts'
import { logEvent } from '../../web/http/log-event.ts'
import {
  currentJourney,
  forgetJourney,
  type Intent,
  keepJourney,
  type OpenJourney,
} from '../../web/session/connection-cookie.ts'
import type { ProviderProof } from './proof.rules.ts'

interface Leaving {
  setting: ConnectionSetting
  intent: Intent
  remembered?: boolean
  returnTo?: string | undefined
  invitation?: string | undefined
  app?: OpenJourney['app']
}

/** From the configured address only, never from what a request says of its host. */
function redirectOf(c: Context, provider: string): URL {
  const { baseUrl, basePath } = c.get('services').settings
  return new URL(baseUrl + basePath + providerPaths.callback(provider))
}

/** Where the link of an invitation leads, as an address to return to. */
export const invitationPage = (c: Context) => c.get('services').settings.basePath + paths.invitation

export async function leaveFor(
  c: Context,
  { setting, intent, remembered = false, app, ...kept }: Leaving,
): Promise<Response> {
  const { connections } = c.get('services')
  const begun = await connections.begin(setting.name, redirectOf(c, setting.name))
  if (begun.kind === 'failed') return back(c, setting, intent, begun)
  keepJourney(c, { ...{ provider: setting.name, ties: begun.ties, intent, remembered }, ...kept, ...(app && { app }) })
  return seeOther(c, { address: begun.url.href })
}

type Return = { kind: 'proved'; proof: ProviderProof; journey: OpenJourney } | { kind: 'answered'; answer: Response }

/** What the provider says of the person, where this browser was sent there and comes back with the answer to that. */
export async function comeBack(c: Context, setting: ConnectionSetting): Promise<Return> {
  const { connections } = c.get('services')
  const journey = currentJourney(c, setting.name)
  const { search, searchParams } = new URL(c.req.url)
  // Anyone may send a browser here with an answer of their own: what is under way stays.
  if (!journey || !isSame(searchParams.get('state') ?? '', journey.ties.state)) {
    logEvent(c, 'connection.failed', { provider: setting.name, reason: 'over' })
    const notice = { code: 'connection-over', provider: setting.label } as const
    return { kind: 'answered', answer: seeOther(c, placeOf(journey?.intent), { notice }) }
  }
  forgetJourney(c)
  const redirect = redirectOf(c, setting.name)
  const found = await connections.finish(
    setting.name,
    { ties: journey.ties, redirect },
    new URL(redirect.href + search),
  )
  if (found.kind === 'failed') return { kind: 'answered', answer: back(c, setting, journey.intent, found) }
  const proof = { setting, profile: found.profile, state: journey.ties.state, until: journey.until }
  return { kind: 'proved', proof, journey }
}

type Failed = { reason: 'away' | 'wrong' | 'cancelled' | 'not-allowed'; why: string }

function back(c: Context, { name, label }: ConnectionSetting, intent: Intent, { reason, why }: Failed): Response {
  logEvent(c, 'connection.failed', { provider: name, reason, why })
  return seeOther(c, placeOf(intent), { notice: { code: `connection-${reason}`, provider: label } })
}

function placeOf(intent: Intent | undefined): string {
  if (intent?.kind === 'connect') return paths.connections
  return intent?.kind === 'reauthenticate' ? paths.reauthenticate : paths.login
}
