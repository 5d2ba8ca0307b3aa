import { Hono } from 'hono'
import { paths, withReturn } from '../../paths.ts'
import { currentVisitorState, keepInVisitorCookie, takeFlash } from '../../web/forms/flash.ts'
import { readForm, refuse } from '../../web/forms/form.ts'
import { linkFormToken, loginFormToken, sessionFormToken } from '../../web/forms/form-token.ts'
import { dropLink, linkToken, takeLink } from '../../web/forms/link-token.ts'
import { rateLimited } from '../../web/forms/rate-limited.ts'
import { refuseLink } from '../../web/forms/refuse-link.tsx'
import { page, seeOther } from '../../web/http/answer.ts'
import type { AppEnv, Context } from '../../web/http/context.ts'
import { logEvent } from '../../web/http/log-event.ts'
import { requestSourceOf } from '../../web/http/request-source.ts'
import { afterLogin } from '../../web/session/after-login.ts'
import { type LoggedInOutcome, loginEntry, type StepDue } from '../../web/session/complete-login.ts'
import { logInFirst } from '../../web/session/guards.ts'
import {
  continueLogin,
  loginUnderWay,
  type Passed,
  type Standing,
  standing,
} from '../../web/session/login-under-way.ts'
import { currentSession } from '../../web/session/session-cookie.ts'
import type { Destination } from '../../web/site/base-path.ts'
import { EmailNotSetUpPage } from '../../web/ui/emails.tsx'
import { LogInButton } from '../../web/ui/navigation.tsx'
import { confirmAddress, lookAtLink } from './confirm.rules.ts'
import { ConfirmForm } from './form.ts'
import { ConfirmPage, DonePage, WaitingPage } from './pages.tsx'
import { pauseBefore, sendAgain } from './rules.ts'
import { verifiedAddress } from './step.ts'

export const emailVerification = new Hono<AppEnv>()

/** Where one was going when this stood in the way; behind the log-in, where that is still to come. */
function wayOn(c: Context, isLoggedIn: boolean): Destination {
  const returnTo = currentVisitorState(c)?.returnTo
  return isLoggedIn ? afterLogin(c, returnTo) : withReturn(paths.login, returnTo)
}

/** Someone who is logged in, or whose log-in is under way and waits for this step. */
async function whoWaits(c: Context) {
  const session = await currentSession(c)
  if (session) return { account: session.account, token: sessionFormToken(c, session.tokenHash), isLoggedIn: true }
  const found = await standing(c)
  if (found?.kind !== 'due' || found.step !== verifiedAddress) return { leadTo: leadOn(c, found) }
  return { account: found.login.account, token: loginFormToken(c, found.login), isLoggedIn: false }
}

/** No log-in waits for this step: it waits for another one, or for nothing any more, or there is none. */
function leadOn(c: Context, found: Standing | undefined): Response | Promise<Response> {
  if (!found) return logInFirst(c)
  return found.kind === 'due' ? seeOther(c, found.step.page) : seeOther(c, paths.continueLogin)
}

emailVerification.get(paths.verifyEmail, async (c) => {
  const site = c.get('site')
  const who = await whoWaits(c)
  if ('leadTo' in who) return who.leadTo
  const logOutToken = who.isLoggedIn ? who.token : undefined
  if (who.account.verifiedAt !== null) return seeOther(c, wayOn(c, who.isLoggedIn))
  if (site.emails === 'none') return page(c, 200, <EmailNotSetUpPage site={site} logOutToken={logOutToken} />)
  const pause = await pauseBefore(c.get('services'), who.account, requestSourceOf(c))
  const props = { site, token: who.token, logOutToken, email: who.account.email, pause }
  return page(c, 200, <WaitingPage {...props} flash={takeFlash(c)} />)
})

emailVerification.post(paths.verifyEmail, async (c) => {
  const site = c.get('site')
  const who = await whoWaits(c)
  if ('leadTo' in who) return who.leadTo
  if (site.emails === 'none') return seeOther(c, paths.verifyEmail)
  const outcome = await sendAgain(c.get('services'), who.account, requestSourceOf(c))
  switch (outcome.kind) {
    case 'sent':
      logEvent(c, 'email.verification-sent', { account: who.account.id })
      return seeOther(c, paths.verifyEmail, { notice: { code: 'sent-again' } })
    case 'already':
    case 'gone':
      return seeOther(c, wayOn(c, who.isLoggedIn))
    case 'rate-limited': {
      const logOutToken = who.isLoggedIn ? who.token : undefined
      const props = { site, token: who.token, logOutToken, email: who.account.email, pause: outcome.wait }
      return rateLimited(c, { ...outcome, field: 'verification_email', values: {} }, (flash) => (
        <WaitingPage {...props} flash={flash} />
      ))
    }
  }
})

emailVerification.get(paths.confirmVerification, async (c) => {
  const link = await lookAtLink(c.get('services'), linkToken(c, paths.confirmVerification), await browserOf(c))
  if (link.kind === 'invalid-link') return invalidLink(c)
  const isLoggedIn = (await currentSession(c)) !== null
  if (link.kind === 'done')
    return page(c, 200, <DonePage site={c.get('site')} email={link.account.email} isLoggedIn={isLoggedIn} />)
  const props = { site: c.get('site'), token: await formTokenOf(c), email: link.account.email }
  return page(c, 200, <ConfirmPage {...props} asksPassword={link.asksPassword} flash={takeFlash(c)} />)
})
emailVerification.get(`${paths.verifyEmail}/:token`, (c) => takeLink(c, paths.confirmVerification))

emailVerification.post(paths.confirmVerification, async (c) => {
  const form = readForm(c, ConfirmForm)
  const own = { path: paths.confirmVerification, values: {} }
  if (form.kind === 'refused') return refuse(c, { ...own, problems: form.problems })
  const typed = { text: linkToken(c, paths.confirmVerification), password: form.input.password }
  const browser = await browserOf(c)
  const outcome = await confirmAddress(c.get('services'), typed, browser, requestSourceOf(c))
  switch (outcome.kind) {
    case 'verified':
    case 'done': {
      if (outcome.kind === 'verified') logEvent(c, 'email.verified', { account: outcome.account.id })
      return verified(c, outcome.account.email, outcome.kind === 'verified' ? outcome.login : undefined)
    }
    case 'invalid-link':
      logEvent(c, 'link.refused', { reason: outcome.kind })
      return invalidLink(c)
    case 'refused':
      return refuse(c, { ...own, problems: outcome.problems })
    case 'rate-limited': {
      logEvent(c, 'password.rate-limited', { wait: outcome.wait })
      const link = await lookAtLink(c.get('services'), typed.text, browser)
      if (link.kind === 'invalid-link') return invalidLink(c)
      const props = { site: c.get('site'), token: await formTokenOf(c), email: link.account.email, asksPassword: true }
      return rateLimited(c, { ...outcome, field: 'password', values: {} }, (flash) => (
        <ConfirmPage {...props} flash={flash} />
      ))
    }
  }
})

async function verified(c: Context, email: string, login: LoggedInOutcome | StepDue | undefined): Promise<Response> {
  dropLink(c)
  if (login?.kind === 'step-due') return seeOther(c, login.step.page)
  const isLoggedIn = login !== undefined || (await currentSession(c)) !== null
  const to = login?.returnTo ? afterLogin(c, login.returnTo) : wayOn(c, isLoggedIn)
  keepInVisitorCookie(c, { returnTo: undefined })
  return seeOther(c, to, { notice: { code: isLoggedIn ? 'address-verified' : 'address-verified-log-in', email } })
}

/** What this browser holds: its session, its log-in under way, and how one is completed in it. */
async function browserOf(c: Context) {
  const session = await currentSession(c)
  const found = session ? undefined : await loginUnderWay(c)
  const underWay = found && {
    account: found.account.id,
    goOn: <R,>(passed: Passed<R>) => continueLogin(c, found, passed),
  }
  const returnTo = currentVisitorState(c)?.returnTo
  return { session, underWay, entry: loginEntry(c, { remembered: false, as: 'cookie', returnTo }) }
}

async function formTokenOf(c: Context): Promise<string> {
  return linkFormToken(c, paths.confirmVerification, await currentSession(c))
}

function invalidLink(c: Context) {
  return refuseLink(c, { hint: c.get('site').text.invalidLink.verify, way: <LogInButton site={c.get('site')} /> })
}
