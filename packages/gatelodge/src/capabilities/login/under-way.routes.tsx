// A log-in under way: going on once every step is passed, and giving it up.
import { Hono } from 'hono'
import { paths } from '../../paths.ts'
import { takeFlash } from '../../web/forms/flash.ts'
import { loginFormToken } from '../../web/forms/form-token.ts'
import { page, seeOther } from '../../web/http/answer.ts'
import type { AppEnv, Context } from '../../web/http/context.ts'
import { afterLogin } from '../../web/session/after-login.ts'
import { cancelLogin } from '../../web/session/cancel-login.ts'
import { visitorOnly } from '../../web/session/guards.ts'
import { continueLogin, loginUnderWay, standing } from '../../web/session/login-under-way.ts'
import { ContinuePage } from './pages.tsx'

export const underWay = new Hono<AppEnv>()

/** A step may have been passed elsewhere, such as an address that was confirmed on a phone. */
underWay.get(paths.continueLogin, visitorOnly, async (c) => {
  const found = await standing(c)
  if (!found) return logInAgain(c)
  if (found.kind === 'due') return seeOther(c, found.step.page)
  const props = { site: c.get('site'), token: loginFormToken(c, found.login), email: found.login.account.email }
  return page(c, 200, <ContinuePage {...props} flash={takeFlash(c)} />)
})

underWay.post(paths.continueLogin, visitorOnly, async (c) => {
  const login = await loginUnderWay(c)
  const outcome = login && (await continueLogin(c, login))
  if (outcome?.kind === 'logged-in') return seeOther(c, afterLogin(c, outcome.returnTo))
  return outcome?.kind === 'step-due' ? seeOther(c, outcome.step.page) : logInAgain(c)
})

underWay.post(paths.cancelLogin, async (c) => {
  await cancelLogin(c)
  return seeOther(c, paths.login, { notice: { code: 'login-cancelled' } })
})

function logInAgain(c: Context): Response {
  return seeOther(c, paths.login, { notice: { code: 'login-over' } })
}
