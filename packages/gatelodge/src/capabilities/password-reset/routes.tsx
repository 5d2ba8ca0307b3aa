import { Hono } from 'hono'
import { paths, withReturn } from '../../paths.ts'
import {
  askedEmail,
  currentVisitorState,
  isEmpty,
  keepAskedEmail,
  keepInVisitorCookie,
  keepWayIn,
  renewVisitorCookie,
  takeFlash,
} from '../../web/forms/flash.ts'
import { readForm, refuse } from '../../web/forms/form.ts'
import { linkFormToken } from '../../web/forms/form-token.ts'
import { linkToken, takeLink } from '../../web/forms/link-token.ts'
import { refuseLink } from '../../web/forms/refuse-link.tsx'
import { page, seeOther } from '../../web/http/answer.ts'
import type { AppEnv, Context } from '../../web/http/context.ts'
import { keptPage } from '../../web/http/kept-page.ts'
import { logEvent } from '../../web/http/log-event.ts'
import { requestSourceOf } from '../../web/http/request-source.ts'
import { visitorOnly } from '../../web/session/guards.ts'
import { returnTarget } from '../../web/session/return-to.ts'
import { currentSession, forgetSession } from '../../web/session/session-cookie.ts'
import { wantedPage } from '../../web/session/wanted-page.ts'
import { EmailNotSetUpPage } from '../../web/ui/emails.tsx'
import { askForReset } from './ask.rules.ts'
import { ForgotForm, ResetForm } from './form.ts'
import { AskForm, ForgotPage, ResetPage, SentPage } from './pages.tsx'
import { findReset, resetPassword } from './reset.rules.ts'

export const passwordReset = new Hono<AppEnv>()

passwordReset.get(paths.forgotPassword, visitorOnly, (c) => {
  const site = c.get('site')
  const flash = takeFlash(c)
  if (site.emails === 'none') return page(c, 200, <EmailNotSetUpPage site={site} flash={flash} />)
  const returnTo = wantedPage(c)
  const props = { site, flash, returnTo, email: currentVisitorState(c)?.prefill?.email }
  if (isEmpty(flash) && !props.email && !returnTo) return blankPage(c)
  return page(c, 200, <ForgotPage {...props} />)
})

/** What most people get. */
const blankPage = keptPage((site) => <ForgotPage site={site} flash={{}} returnTo={undefined} email={undefined} />)

// Also for someone who is logged in: the page of an invalid link asks here.
passwordReset.post(paths.forgotPassword, async (c) => {
  const form = readForm(c, ForgotForm)
  if (form.kind === 'refused') return refuse(c, { path: paths.forgotPassword, problems: form.problems, values: {} })
  const returnTo = returnTarget(c.get('services').settings, form.input.return_to)
  const own = withReturn(paths.forgotPassword, returnTo)
  const outcome = await askForReset(c.get('services'), form.input, requestSourceOf(c))
  switch (outcome.kind) {
    case 'asked':
      // Nothing of whether there is such an account: the log is read by people, too.
      logEvent(c, 'password-reset.requested')
      // Found again behind the link, in this browser: in the email it would be anyone's to choose.
      if (returnTo) keepInVisitorCookie(c, { returnTo })
      keepWayIn(c, { email: outcome.email })
      return seeOther(c, paths.forgotPasswordSent, isAskedAgain(c, outcome.email) ? { notice: askedAgain } : {})
    case 'refused':
      return refuse(c, { path: own, problems: outcome.problems, values: { email: form.input.email } })
    case 'email-not-set-up':
      return seeOther(c, paths.forgotPassword)
  }
})

const askedAgain = { code: 'asked-again' } as const

const isAskedAgain = (c: Context, email: string) =>
  keepAskedEmail(c, { path: paths.forgotPasswordSent, email }) === 'again'

// Also for someone who is logged in, as above. What it shows comes from the cookie: nothing of it was looked up.
passwordReset.get(paths.forgotPasswordSent, (c) => {
  const asked = askedEmail(c, paths.forgotPasswordSent)
  if (!asked) return seeOther(c, paths.forgotPassword)
  const wait = asked.againAt - c.get('services').clock.now()
  const props = { site: c.get('site'), flash: takeFlash(c), email: asked.email, wait }
  return page(c, 200, <SentPage {...props} returnTo={currentVisitorState(c)?.returnTo} />)
})

passwordReset.get(paths.resetPassword, async (c) => {
  const found = await findReset(c.get('services'), linkToken(c, paths.resetPassword))
  if (!found) return invalidLink(c)
  const token = linkFormToken(c, paths.resetPassword, await currentSession(c))
  const props = { site: c.get('site'), token, email: found.account.email }
  return page(c, 200, <ResetPage {...props} flash={takeFlash(c)} />)
})
passwordReset.get(`${paths.resetPassword}/:token`, (c) => takeLink(c, paths.resetPassword))

passwordReset.post(paths.resetPassword, async (c) => {
  const form = readForm(c, ResetForm)
  const own = { path: paths.resetPassword, values: {} }
  if (form.kind === 'refused') return refuse(c, { ...own, problems: form.problems })
  const typed = { text: linkToken(c, paths.resetPassword), ...form.input }
  const browser = { source: requestSourceOf(c), session: await currentSession(c) }
  const outcome = await resetPassword(c.get('services'), typed, browser)
  switch (outcome.kind) {
    case 'reset': {
      logEvent(c, 'password-reset.succeeded', { account: outcome.accountId })
      // An email logs nobody in (ASVS V6.3.6).
      forgetSession(c)
      const { returnTo, prefill } = currentVisitorState(c) ?? {}
      const next = withReturn(paths.login, returnTo)
      renewVisitorCookie(c)
      if (prefill) keepInVisitorCookie(c, { prefill })
      return seeOther(c, next, { notice: { code: 'password-reset' } })
    }
    case 'refused':
      return refuse(c, { ...own, problems: outcome.problems })
    case 'invalid-link':
      logEvent(c, 'link.refused', { reason: outcome.kind })
      return invalidLink(c)
  }
})

/** One page for all of them, with the form to ask again. */
function invalidLink(c: Context) {
  const site = c.get('site')
  return refuseLink(c, { hint: site.text.forgot.askAgain, way: <AskForm site={site} /> })
}
