// Logging in with another provider: there, back, and for a newcomer one page before the account.
import { Hono } from 'hono'
import { typedOwn } from '../../identity/accounts/custom-fields.ts'
import { paths, providerPaths, withReturn } from '../../paths.ts'
import { currentVisitorState, takeFlash } from '../../web/forms/flash.ts'
import { readForm, refuse } from '../../web/forms/form.ts'
import { rateLimited } from '../../web/forms/rate-limited.ts'
import { page, seeOther } from '../../web/http/answer.ts'
import type { AppEnv, Context } from '../../web/http/context.ts'
import { failure } from '../../web/http/error-pages.tsx'
import { logEvent } from '../../web/http/log-event.ts'
import { requestSourceOf } from '../../web/http/request-source.ts'
import { afterLogin } from '../../web/session/after-login.ts'
import { loginEntry } from '../../web/session/complete-login.ts'
import { currentJourney, forgetJourney, keepJourney, type OpenJourney } from '../../web/session/connection-cookie.ts'
import { visitorOnly } from '../../web/session/guards.ts'
import { currentSession } from '../../web/session/session-cookie.ts'
import { wantedPage } from '../../web/session/wanted-page.ts'
import type { ShownConnection } from '../../web/site/site.ts'
import { WaitPage } from '../../web/ui/wait-page.tsx'
import { askingApp, handOver } from './app.ts'
import { NewcomerForm } from './form.ts'
import { comeBack, leaveFor } from './journey.ts'
import { logIn, nameOf } from './login.rules.ts'
import { ownerCameBack } from './owner.routes.tsx'
import { NewcomerPage } from './pages.tsx'
import type { ProviderProof } from './proof.rules.ts'
import { type Bar, judgeNewcomer, register } from './register.rules.ts'

export const connectionLogin = new Hono<AppEnv>()

const named = ':provider'
const settingOf = (c: Context) => c.get('services').connections.find(c.req.param('provider') ?? '')

connectionLogin.get(providerPaths.start(named), visitorOnly, async (c) => {
  const setting = settingOf(c)
  if (!setting) return failure(c, 'not-found')
  const app = askingApp(c)
  if (app === 'unknown') return failure(c, 'not-found')
  const remembered = currentVisitorState(c)?.wayIn?.remember === true
  return leaveFor(c, { setting, intent: { kind: 'log-in' }, remembered, returnTo: wantedPage(c), ...(app && { app }) })
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
  const { remembered, returnTo } = journey
  const { name, label } = proof.setting
  const entry = loginEntry(c, { remembered, as: 'cookie', returnTo })
  const outcome = await logIn(c.get('services'), proof, entry, requestSourceOf(c))
  switch (outcome.kind) {
    case 'logged-in':
      return seeOther(c, afterLogin(c, returnTo))
    case 'step-due':
      return seeOther(c, outcome.step.page)
    case 'newcomer': {
      const judged = judgeNewcomer(c.get('services'), proof)
      if ('why' in judged) return barred(c, proof, judged.why)
      keepJourney(c, { ...journey, profile: proof.profile }, journey.until)
      return seeOther(c, providerPaths.register(name))
    }
    case 'refused': {
      const { reason, accountId: account } = outcome
      logEvent(c, 'login.failed', { reason: `connection-${reason}`, ...(account && { account }) })
      if (reason !== 'log-in-first') return toLogin(c, returnTo, { code: 'connection-refused', provider: label })
      // There it can be connected, once they have come in as before.
      return toLogin(c, paths.connections, { code: 'connection-log-in-first', provider: label })
    }
    case 'rate-limited':
      return waiting(c, outcome, returnTo)
  }
}

type Words = {
  code: 'connection-refused' | 'connection-log-in-first' | `connection-${Bar}` | 'connection-over'
  provider: string
}

const toLogin = (c: Context, returnTo: string | undefined, notice: Words) =>
  seeOther(c, withReturn(paths.login, returnTo), { notice })

function barred(c: Context, { setting }: Pick<ProviderProof, 'setting'>, why: Bar): Response {
  logEvent(c, 'connection.failed', { provider: setting.name, reason: why })
  return toLogin(c, undefined, { code: `connection-${why}`, provider: setting.label })
}

function waiting(c: Context, outcome: { wait: number }, returnTo: string | undefined) {
  logEvent(c, 'login.rate-limited', { wait: outcome.wait })
  return rateLimited(c, { ...outcome, field: 'email', values: {} }, (flash) => (
    <WaitPage site={c.get('site')} flash={flash} returnTo={returnTo} />
  ))
}

/** Someone whom the provider has proved a moment ago, and nobody here knows. */
function newcomerOf(
  c: Context,
): { proof: ProviderProof; journey: OpenJourney; shown: ShownConnection; email: string } | undefined {
  const setting = settingOf(c)
  const journey = setting && currentJourney(c, setting.name)
  const shown = c.get('site').connections.find(({ name }) => name === setting?.name)
  if (!setting || !shown || !journey?.profile?.email) return undefined
  const proof = { setting, profile: journey.profile, state: journey.ties.state, until: journey.until }
  return { proof, journey, shown, email: journey.profile.email }
}

connectionLogin.get(providerPaths.register(named), visitorOnly, (c) => {
  const newcomer = newcomerOf(c)
  if (!newcomer) return seeOther(c, paths.login)
  const { proof, shown: provider, email } = newcomer
  const props = { site: c.get('site'), flash: takeFlash(c), provider, email, name: nameOf(proof.profile, email) }
  return page(c, 200, <NewcomerPage {...props} />)
})

connectionLogin.post(providerPaths.register(named), visitorOnly, async (c) => {
  const newcomer = newcomerOf(c)
  if (!newcomer) return seeOther(c, paths.login)
  const { proof, journey } = newcomer
  const own = c.get('fields')
  const path = providerPaths.register(proof.setting.name)
  const form = readForm(c, NewcomerForm)
  if (form.kind === 'refused') return refuse(c, { path, problems: form.problems, values: {} })
  const { remembered, returnTo } = journey
  const entry = loginEntry(c, { remembered, as: 'cookie', returnTo })
  const typed = { ...form.input, own }
  const outcome = await register(c.get('services'), proof, typed, entry, requestSourceOf(c))
  switch (outcome.kind) {
    case 'logged-in':
      forgetJourney(c)
      return seeOther(c, afterLogin(c, returnTo), { notice: { code: 'welcome' } })
    case 'step-due':
      forgetJourney(c)
      return seeOther(c, outcome.step.page)
    case 'refused':
      return refuse(c, {
        path,
        problems: outcome.problems,
        values: { name: typed.name, ...typedOwn(c.get('site').fields, own) },
      })
    case 'barred':
      forgetJourney(c)
      return barred(c, proof, outcome.why)
    case 'over':
      forgetJourney(c)
      return toLogin(c, returnTo, { code: 'connection-over', provider: proof.setting.label })
    case 'rate-limited':
      return waiting(c, outcome, returnTo)
  }
})
