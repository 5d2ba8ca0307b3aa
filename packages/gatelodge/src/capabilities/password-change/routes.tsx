import { Hono } from 'hono'
import { paths } from '../../paths.ts'
import { takeFlash } from '../../web/forms/flash.ts'
import { readForm, refuse } from '../../web/forms/form.ts'
import { sessionFormToken } from '../../web/forms/form-token.ts'
import { rateLimited } from '../../web/forms/rate-limited.ts'
import { page, seeOther } from '../../web/http/answer.ts'
import type { AppEnv } from '../../web/http/context.ts'
import { logEvent } from '../../web/http/log-event.ts'
import { factorLatelyProved, loggedIn, logInFirst, ownerOf, sessionOf } from '../../web/session/guards.ts'
import { renewSession } from '../../web/session/renew-session.ts'
import { forgetSession } from '../../web/session/session-cookie.ts'
import { setFirstPassword } from './first.rules.ts'
import { ChangePasswordForm } from './form.ts'
import { ChangePasswordPage } from './pages.tsx'
import { changePassword } from './rules.ts'

export const passwordChange = new Hono<AppEnv>()

/** Where password managers look for it (W3C, "A Well-Known URL for Changing Passwords"). */
passwordChange.get(paths.wellKnownChangePassword, (c) => seeOther(c, paths.changePassword))

passwordChange.get(paths.changePassword, loggedIn, factorLatelyProved, async (c) => {
  const { account, tokenHash } = await sessionOf(c)
  const token = sessionFormToken(c, tokenHash)
  return page(c, 200, <ChangePasswordPage site={c.get('site')} token={token} flash={takeFlash(c)} account={account} />)
})

passwordChange.post(paths.changePassword, loggedIn, factorLatelyProved, async (c) => {
  const form = readForm(c, ChangePasswordForm)
  if (form.kind === 'refused') return refuse(c, { path: paths.changePassword, problems: form.problems, values: {} })
  const session = await sessionOf(c)
  const isFirst = session.account.passwordChangedAt === null
  const renewal = renewSession(c, session, isFirst ? [] : ['pwd'])
  const change = isFirst ? setFirstPassword : changePassword
  const outcome = await change(c.get('services'), await ownerOf(c), form.input, renewal)

  switch (outcome.kind) {
    case 'changed':
      logEvent(c, isFirst ? 'password.added' : 'password.changed', { account: session.account.id })
      renewal.open()
      return seeOther(c, paths.account, { notice: { code: isFirst ? 'password-added' : 'password-changed' } })
    case 'refused': {
      const { problems } = outcome
      logEvent(c, 'password.change-refused', {
        account: session.account.id,
        reason: problems.map((problem) => `${problem.field} ${problem.code}`),
      })
      return refuse(c, { path: paths.changePassword, problems, values: {} })
    }
    case 'logged-out':
      forgetSession(c)
      return logInFirst(c)
    case 'rate-limited': {
      logEvent(c, 'password.rate-limited', { account: session.account.id, wait: outcome.wait })
      const token = sessionFormToken(c, session.tokenHash)
      return rateLimited(c, { ...outcome, field: 'current_password', values: {} }, (flash) => (
        <ChangePasswordPage site={c.get('site')} token={token} flash={flash} account={session.account} />
      ))
    }
  }
})
