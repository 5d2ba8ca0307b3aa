import { Hono } from 'hono'
import { readRecent } from '../../identity/audit/recent.ts'
import { paths } from '../../paths.ts'
import { isEmpty, takeFlash } from '../../web/forms/flash.ts'
import { readForm, refuse } from '../../web/forms/form.ts'
import { sessionFormToken } from '../../web/forms/form-token.ts'
import { rateLimited } from '../../web/forms/rate-limited.ts'
import { filledPage, page, seeOther } from '../../web/http/answer.ts'
import type { AppEnv } from '../../web/http/context.ts'
import { logEvent } from '../../web/http/log-event.ts'
import { pageTemplate } from '../../web/http/page-template.ts'
import { requestSourceOf } from '../../web/http/request-source.ts'
import { loggedIn, logInFirst, sessionOf } from '../../web/session/guards.ts'
import { renewSession } from '../../web/session/renew-session.ts'
import { forgetSession } from '../../web/session/session-cookie.ts'
import { CustomFacts } from '../../web/ui/custom-fields.tsx'
import { Moment } from '../../web/ui/moment.tsx'
import { ChangePasswordForm } from './form.ts'
import { AccountPage, Activity, ChangePasswordPage, PasswordAge, Pending, Verification } from './pages.tsx'
import { changePassword } from './rules.ts'

export const account = new Hono<AppEnv>()

account.get(paths.account, loggedIn, async (c) => {
  const { account, tokenHash } = await sessionOf(c)
  const now = c.get('services').clock.now()
  const token = sessionFormToken(c, tokenHash)
  const registered = <Moment at={account.createdAt} now={now} />
  const passwordAge = <PasswordAge account={account} now={now} />
  const activity = <Activity events={readRecent(account.recent, 6)} now={now} />
  const verification = <Verification site={c.get('site')} isVerified={account.verifiedAt !== null} />
  const pending = <Pending email={account.pendingEmail} />
  const own = <CustomFacts fields={c.get('site').fields} values={account.fields} />
  const told = { registered, passwordAge, activity, verification, pending, own }
  const words = { token, name: account.name, email: account.email, ...told }
  const flash = takeFlash(c)
  if (isEmpty(flash)) return filledPage(c, quietPage(c.get('site'), words))
  return page(c, 200, <AccountPage {...words} site={c.get('site')} flash={flash} />)
})

/** What most people get: it differs from one to the next in these words only. */
const names = [
  'token',
  'name',
  'email',
  'registered',
  'passwordAge',
  'activity',
  'verification',
  'pending',
  'own',
] as const
const quietPage = pageTemplate([...names], (site, words) => <AccountPage {...words} site={site} flash={{}} />)

/** Where password managers look for it (W3C, "A Well-Known URL for Changing Passwords"). */
account.get(paths.wellKnownChangePassword, (c) => seeOther(c, paths.changePassword))

account.get(paths.changePassword, loggedIn, async (c) => {
  const { account, tokenHash } = await sessionOf(c)
  const token = sessionFormToken(c, tokenHash)
  return page(
    c,
    200,
    <ChangePasswordPage site={c.get('site')} token={token} flash={takeFlash(c)} email={account.email} />,
  )
})

account.post(paths.changePassword, loggedIn, async (c) => {
  const form = readForm(c, ChangePasswordForm)
  if (form.kind === 'refused') return refuse(c, { path: paths.changePassword, problems: form.problems, values: {} })
  const session = await sessionOf(c)
  const renewal = renewSession(c, session)
  const owner = { account: session.account, tokenHash: session.tokenHash, source: requestSourceOf(c) }
  const outcome = await changePassword(c.get('services'), owner, form.input, renewal)

  switch (outcome.kind) {
    case 'changed':
      logEvent(c, 'password.changed', { account: session.account.id })
      renewal.open()
      return seeOther(c, paths.account, { notice: { code: 'password-changed' } })
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
      const { email } = session.account
      return rateLimited(c, { ...outcome, field: 'current_password', values: {} }, (flash) => (
        <ChangePasswordPage site={c.get('site')} token={token} flash={flash} email={email} />
      ))
    }
  }
})
