import { Hono } from 'hono'
import { paths } from '../../paths.ts'
import { takeFlash } from '../../web/forms/flash.ts'
import { readForm, refuse } from '../../web/forms/form.ts'
import { loginFormToken } from '../../web/forms/form-token.ts'
import type { Flash } from '../../web/forms/visitor-cookie.ts'
import { page, seeOther } from '../../web/http/answer.ts'
import type { AppEnv, Context } from '../../web/http/context.ts'
import { logEvent } from '../../web/http/log-event.ts'
import { requestSourceOf } from '../../web/http/request-source.ts'
import { afterLogin } from '../../web/session/after-login.ts'
import { visitorOnly } from '../../web/session/guards.ts'
import { continueLogin, type Passed, type Standing, standing } from '../../web/session/login-under-way.ts'
import { NewPasswordForm } from './form.ts'
import { NewPasswordPage } from './pages.tsx'
import { renewPassword } from './rules.ts'
import { newPassword as step } from './step.ts'

export const newPassword = new Hono<AppEnv>()

type Due = Extract<Standing, { kind: 'due' }>

/** The log-in that waits for a new password; or where another request leads. */
async function waitingFor(c: Context): Promise<Due | { leadTo: Response }> {
  const found = await standing(c)
  if (!found) return { leadTo: logInAgain(c) }
  if (found.kind === 'passed') return { leadTo: seeOther(c, paths.continueLogin) }
  return found.step === step ? found : { leadTo: seeOther(c, found.step.page) }
}

function logInAgain(c: Context): Response {
  return seeOther(c, paths.login, { notice: { code: 'login-over' } })
}

function markup(c: Context, { login }: Due, flash: Flash) {
  const { email } = login.account
  return <NewPasswordPage site={c.get('site')} token={loginFormToken(c, login)} flash={flash} email={email} />
}

newPassword.get(paths.newPassword, visitorOnly, async (c) => {
  const found = await waitingFor(c)
  return 'leadTo' in found ? found.leadTo : page(c, 200, markup(c, found, takeFlash(c)))
})

newPassword.post(paths.newPassword, visitorOnly, async (c) => {
  const found = await waitingFor(c)
  if ('leadTo' in found) return found.leadTo
  const form = readForm(c, NewPasswordForm)
  if (form.kind === 'refused') return refuse(c, { path: paths.newPassword, problems: form.problems, values: {} })
  const { login, account } = found
  const goOn = <R,>(passed: Passed<R>) => continueLogin(c, login, passed)
  const outcome = await renewPassword(c.get('services'), { login, source: requestSourceOf(c), goOn }, form.input)
  switch (outcome.kind) {
    case 'logged-in':
      logEvent(c, 'password.changed', { account })
      return seeOther(c, afterLogin(c, outcome.returnTo), { notice: { code: 'password-changed' } })
    case 'step-due':
      logEvent(c, 'password.changed', { account })
      return seeOther(c, outcome.step.page)
    case 'refused': {
      const { problems } = outcome
      logEvent(c, 'password.change-refused', { account, reason: problems.map(({ field, code }) => `${field} ${code}`) })
      return refuse(c, { path: paths.newPassword, problems, values: {} })
    }
    case 'login-over':
      return logInAgain(c)
  }
})
