// Logging in with another provider: there, and back.
import { Hono } from 'hono'
import { paths, providerPaths } from '../../paths.ts'
import { currentVisitorState } from '../../web/forms/flash.ts'
import { linkToken } from '../../web/forms/link-token.ts'
import { seeOther } from '../../web/http/answer.ts'
import type { AppEnv, Context } from '../../web/http/context.ts'
import { failure } from '../../web/http/error-pages.tsx'
import { logEvent } from '../../web/http/log-event.ts'
import { requestSourceOf } from '../../web/http/request-source.ts'
import { afterLogin } from '../../web/session/after-login.ts'
import { loginEntry } from '../../web/session/complete-login.ts'
import type { OpenJourney } from '../../web/session/connection-cookie.ts'
import { visitorOnly } from '../../web/session/guards.ts'
import { currentSession } from '../../web/session/session-cookie.ts'
import { wantedPage } from '../../web/session/wanted-page.ts'
import { askingApp, handOver } from './app.ts'
import { comeBack, invitationPage, leaveFor } from './journey.ts'
import { logIn } from './login.rules.ts'
import { newcomerCameBack } from './newcomer.routes.tsx'
import { ownerCameBack } from './owner.routes.tsx'
import type { ProviderProof } from './proof.rules.ts'
import { toLogin, waiting } from './refusals.tsx'

export const connectionLogin = new Hono<AppEnv>()

const named = ':provider'
const settingOf = (c: Context) => c.get('services').connections.find(c.req.param('provider') ?? '')

connectionLogin.get(providerPaths.start(named), visitorOnly, async (c) => {
  const setting = settingOf(c)
  if (!setting) return failure(c, 'not-found')
  const app = askingApp(c)
  if (app === 'unknown') return failure(c, 'not-found')
  const remembered = currentVisitorState(c)?.prefill?.remember === true
  const returnTo = wantedPage(c)
  // Kept beside the link itself: whatever another tab does meanwhile, this person came for that one.
  const invitation = returnTo === invitationPage(c) ? linkToken(c, paths.invitation) || undefined : undefined
  return leaveFor(c, { setting, intent: { kind: 'log-in' }, remembered, returnTo, invitation, ...(app && { app }) })
})

/**
 * Apple answers with a form from its own pages, which brings no cookies of ours: it only leads on to the page that has them.
 * The one POST that another site may send (web/forms/same-site.ts).
 */
connectionLogin.post(providerPaths.callback(named), (c) => {
  const setting = settingOf(c)
  if (setting?.kind !== 'apple') return failure(c, 'not-found')
  const query = new URLSearchParams()
  for (const name of ['code', 'state', 'error', 'iss']) {
    const value = c.get('fields')[name]
    if (typeof value === 'string' && value.length <= 2_000) query.set(name, value)
  }
  return seeOther(c, `${providerPaths.callback(setting.name)}?${query}`)
})

connectionLogin.get(providerPaths.callback(named), async (c) => {
  const setting = settingOf(c)
  if (!setting) return failure(c, 'not-found')
  const returned = await comeBack(c, setting)
  if (returned.kind === 'answered') return returned.answer
  const { proof, journey } = returned
  if (journey.intent.kind !== 'log-in') return ownerCameBack(c, proof, journey)
  if (journey.app) return seeOther(c, { address: handOver(c.get('services'), proof, journey.app) })
  if (await currentSession(c)) return seeOther(c, afterLogin(c, journey.returnTo))
  return visitorCameBack(c, proof, journey)
})

async function visitorCameBack(c: Context, proof: ProviderProof, journey: OpenJourney): Promise<Response> {
  const { remembered, returnTo, invitation } = journey
  const { label } = proof.setting
  const entry = loginEntry(c, { remembered, as: 'cookie', returnTo })
  const outcome = await logIn(c.get('services'), proof, entry, requestSourceOf(c), invitation)
  switch (outcome.kind) {
    case 'logged-in':
      return seeOther(c, afterLogin(c, returnTo))
    case 'step-due':
      return seeOther(c, outcome.step.page)
    case 'newcomer':
      return newcomerCameBack(c, proof, journey)
    case 'refused': {
      const { reason, accountId: account } = outcome
      logEvent(c, 'login.failed', { reason: `connection-${reason}`, ...(account && { account }) })
      if (reason === 'unproved') return toLogin(c, returnTo, { code: 'connection-unproved', provider: label })
      if (reason !== 'log-in-first') return toLogin(c, returnTo, { code: 'connection-refused', provider: label })
      // There it can be connected, once they have come in as before.
      return toLogin(c, paths.connections, { code: 'connection-log-in-first', provider: label })
    }
    case 'rate-limited':
      return waiting(c, outcome, returnTo)
  }
}
