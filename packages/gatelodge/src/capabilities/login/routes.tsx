import { Hono } from 'hono'
import { notArrived, paths, withReturn } from '../../paths.ts'
import { currentVisitorState, isEmpty, keepWayIn, takeFlash } from '../../web/forms/flash.ts'
import { readForm, refuse } from '../../web/forms/form.ts'
import { rateLimited } from '../../web/forms/rate-limited.ts'
import type { Flash } from '../../web/forms/visitor-cookie.ts'
import { page, seeOther } from '../../web/http/answer.ts'
import type { AppEnv, Context } from '../../web/http/context.ts'
import { keptPage } from '../../web/http/kept-page.ts'
import { requestSourceOf } from '../../web/http/request-source.ts'
import { afterLogin } from '../../web/session/after-login.ts'
import { loginEntry } from '../../web/session/complete-login.ts'
import { visitorOnly } from '../../web/session/guards.ts'
import { logRefusal } from '../../web/session/login-refused.ts'
import { returnTarget } from '../../web/session/return-to.ts'
import { currentSession } from '../../web/session/session-cookie.ts'
import { wantedPage } from '../../web/session/wanted-page.ts'
import { LoginForm } from './form.ts'
import { LoginPage } from './pages.tsx'
import { logIn } from './rules.ts'

export const login = new Hono<AppEnv>()

login.get(paths.home, async (c) => {
  // In front of an app only the front page below our own prefix comes here.
  if (c.get('services').settings.upstream) return seeOther(c, afterLogin(c))
  return seeOther(c, (await currentSession(c)) ? paths.account : paths.login)
})

login.get(paths.login, visitorOnly, (c) => {
  const site = c.get('site')
  const flash = withNotArrived(c, takeFlash(c))
  const { prefill } = currentVisitorState(c) ?? {}
  const returnTo = wantedPage(c)
  if (!returnTo && !prefill && isEmpty(flash)) return blankPage(c)
  return page(c, 200, <LoginPage site={site} flash={flash} returnTo={returnTo} prefill={prefill} />)
})

/** Where a proxy asked us, it could not leave a message. */
function withNotArrived(c: Context, flash: Flash): Flash {
  if (!isEmpty(flash) || c.req.query(notArrived) === undefined) return flash
  return { notice: { code: 'login-required', lost: 'not-arrived' } }
}

/** What most people get. */
const blankPage = keptPage((site) => <LoginPage site={site} flash={{}} returnTo={undefined} />)

login.post(paths.login, visitorOnly, async (c) => {
  const form = readForm(c, LoginForm)
  if (form.kind === 'refused') return refuse(c, { path: paths.login, problems: form.problems, values: {} })
  const { email, remember, return_to } = form.input
  const returnTo = returnTarget(c.get('services').settings, return_to)
  const own = { path: withReturn(paths.login, returnTo), values: { email, ...(remember && { remember: 'yes' }) } }
  const entry = loginEntry(c, { remembered: remember, as: 'cookie', returnTo })
  const outcome = await logIn(c.get('services'), form.input, entry, requestSourceOf(c))

  switch (outcome.kind) {
    case 'logged-in':
      return seeOther(c, afterLogin(c, returnTo))
    case 'step-due':
      keepWayIn(c, own.values)
      return seeOther(c, outcome.step.page)
    case 'incomplete':
      return refuse(c, { ...own, problems: outcome.problems })
    case 'refused':
      logRefusal(c, outcome)
      return refuse(c, { ...own, problems: [{ field: 'email', code: 'credentials' }] })
    case 'rate-limited': {
      logRefusal(c, outcome)
      const page = { site: c.get('site'), returnTo }
      return rateLimited(c, { ...outcome, field: 'email', values: own.values }, (flash) => (
        <LoginPage {...page} flash={flash} />
      ))
    }
  }
})
