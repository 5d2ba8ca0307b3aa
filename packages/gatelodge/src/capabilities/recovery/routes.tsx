import { Hono } from 'hono'
import { text } from '../../text/en.ts'
import { json, page, problem, seeOther, wantsJson } from '../../web/answer.ts'
import { askerOf } from '../../web/asker.ts'
import type { AppEnv, Context } from '../../web/context.ts'
import { currentVisit, keepInVisit, keepWayIn, renewVisit, takeFlash } from '../../web/flash.ts'
import { readForm, refuse } from '../../web/form.ts'
import { visitorFormToken } from '../../web/form-token.ts'
import { visitorOnly } from '../../web/guards.ts'
import { linkToken, takeLink } from '../../web/link-token.ts'
import { note } from '../../web/note.ts'
import { linkPaths, paths, withReturn } from '../../web/paths.ts'
import { refuseLink } from '../../web/refuse-link.tsx'
import { returnTarget } from '../../web/return-to.ts'
import { currentSession, forgetSession } from '../../web/session-cookie.ts'
import { NoLettersPage } from '../../web/ui/letters.tsx'
import { askForReset } from './ask.ts'
import { ForgotForm, ResetForm } from './form.ts'
import { AskForm, ForgotPage, ResetPage } from './pages.tsx'
import { findReset, resetPassword } from './reset.ts'

export const recovery = new Hono<AppEnv>()

recovery.get(paths.forgotPassword, visitorOnly, (c) => {
  const site = c.get('site')
  const flash = takeFlash(c)
  if (site.letters === 'none') return page(c, 200, <NoLettersPage site={site} flash={flash} />)
  const returnTo = returnTarget(c.get('services').settings, c.req.query('return_to'))
  const props = { site, token: visitorFormToken(c), flash, returnTo, email: currentVisit(c)?.wayIn?.email }
  return page(c, 200, <ForgotPage {...props} />)
})

// Also for somebody who is logged in: the page of a dead link asks here.
recovery.post(paths.forgotPassword, async (c) => {
  const form = readForm(c, ForgotForm)
  if (form.kind === 'refused') return refuse(c, { path: paths.forgotPassword, problems: form.problems, values: {} })
  const returnTo = returnTarget(c.get('services').settings, form.input.return_to)
  const own = withReturn(paths.forgotPassword, returnTo)
  const outcome = await askForReset(c.get('services'), form.input, askerOf(c))
  switch (outcome.kind) {
    case 'asked':
      // Nothing of whether there is such an account: the log is read by people, too.
      note(c, 'recovery.requested')
      // Found again behind the link, in this browser: in the letter it would be anybody's to choose.
      if (returnTo) keepInVisit(c, { returnTo })
      if (wantsJson(c)) return json(c, 200, { location: paths.forgotPassword })
      keepWayIn(c, { email: outcome.email })
      return seeOther(c, own, { notice: { code: 'reset-asked', email: outcome.email } })
    case 'refused':
      return refuse(c, { path: own, problems: outcome.problems, values: { email: form.input.email } })
    case 'no-letters':
      if (wantsJson(c)) return problem(c, { status: 403, code: 'no-letters' })
      return seeOther(c, paths.forgotPassword)
  }
})

recovery.get(paths.resetPassword, async (c) => {
  const found = await findReset(c.get('services'), linkToken(c, paths.resetPassword))
  if (!found) return deadLink(c)
  const props = { site: c.get('site'), token: visitorFormToken(c), email: found.account.email }
  return page(c, 200, <ResetPage {...props} flash={takeFlash(c)} />)
})
recovery.get(linkPaths.resetPassword(':token'), (c) => takeLink(c, paths.resetPassword))

recovery.post(paths.resetPassword, async (c) => {
  const form = readForm(c, ResetForm)
  const own = { path: paths.resetPassword, values: {} }
  if (form.kind === 'refused') return refuse(c, { ...own, problems: form.problems })
  const typed = { text: linkToken(c, paths.resetPassword), ...form.input }
  const browser = { asker: askerOf(c), session: await currentSession(c) }
  const outcome = await resetPassword(c.get('services'), typed, browser)
  switch (outcome.kind) {
    case 'reset': {
      note(c, 'recovery.succeeded', { account: outcome.accountId })
      // A letter logs nobody in (ASVS V6.3.6).
      forgetSession(c)
      const { returnTo, wayIn } = currentVisit(c) ?? {}
      const next = withReturn(paths.login, returnTo)
      renewVisit(c)
      if (wayIn) keepInVisit(c, { wayIn })
      if (wantsJson(c)) return json(c, 200, { location: next })
      return seeOther(c, next, { notice: { code: 'password-reset' } })
    }
    case 'refused':
      return refuse(c, { ...own, problems: outcome.problems })
    case 'dead-link':
      note(c, 'link.refused', { reason: outcome.kind })
      return deadLink(c)
  }
})

/** One page for all of them, with the form to ask again. */
function deadLink(c: Context) {
  const token = visitorFormToken(c)
  return refuseLink(c, { hint: text.forgot.askAgain, way: <AskForm token={token} /> })
}
