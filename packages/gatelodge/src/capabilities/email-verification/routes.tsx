import { Hono } from 'hono'
import { text } from '../../text/en.ts'
import { json, page, problem, seeOther, wantsJson } from '../../web/answer.ts'
import { askerOf } from '../../web/asker.ts'
import type { Destination } from '../../web/base-path.ts'
import type { AppEnv, Context } from '../../web/context.ts'
import { currentVisit, keepInVisit, takeFlash } from '../../web/flash.ts'
import { readForm, refuse } from '../../web/form.ts'
import { sessionFormToken, visitorFormToken } from '../../web/form-token.ts'
import { logInFirst } from '../../web/guards.ts'
import { heldBack } from '../../web/held-back.ts'
import { landing } from '../../web/landing.ts'
import { dropLink, linkToken, takeLink } from '../../web/link-token.ts'
import { note } from '../../web/note.ts'
import { linkPaths, paths, withReturn } from '../../web/paths.ts'
import { refuseLink } from '../../web/refuse-link.tsx'
import { answerStep } from '../../web/session/answer-step.ts'
import { type LoggedIn, loginEntry, type StepDue } from '../../web/session/complete-login.ts'
import {
  continueLogin,
  loginUnderWay,
  type Passed,
  type Standing,
  standing,
} from '../../web/session/login-under-way.ts'
import { currentSession } from '../../web/session-cookie.ts'
import { LogInButton } from '../../web/ui/doors.tsx'
import { NoLettersPage } from '../../web/ui/letters.tsx'
import { confirmAddress, lookAtLink } from './confirm.ts'
import { ConfirmForm } from './form.ts'
import { ConfirmPage, DonePage, WaitingPage } from './pages.tsx'
import { pauseBefore, sendAgain } from './rules.ts'
import { verifiedAddress } from './step.ts'

export const emailVerification = new Hono<AppEnv>()

/** Where one was going when this stood in the way; behind the log-in, where that is still to come. */
function wayOn(c: Context, isLoggedIn: boolean): Destination {
  const returnTo = currentVisit(c)?.returnTo
  return isLoggedIn ? landing(c, returnTo) : withReturn(paths.login, returnTo)
}

/** Somebody who is logged in, or whose log-in is under way and waits for this step. */
async function whoWaits(c: Context) {
  const session = await currentSession(c)
  if (session) return { account: session.account, token: sessionFormToken(c, session.tokenHash), isLoggedIn: true }
  const found = await standing(c)
  if (found?.kind !== 'due' || found.step !== verifiedAddress) return { leadTo: leadOn(c, found) }
  return { account: found.login.account, token: visitorFormToken(c), isLoggedIn: false }
}

/** No log-in waits for this step: it waits for another one, or for nothing any more, or there is none. */
function leadOn(c: Context, found: Standing | undefined): Response {
  if (!found) return logInFirst(c)
  return found.kind === 'due' ? answerStep(c, found) : seeOther(c, paths.continueLogin)
}

emailVerification.get(paths.verifyEmail, async (c) => {
  const site = c.get('site')
  const who = await whoWaits(c)
  if ('leadTo' in who) return who.leadTo
  const logOutToken = who.isLoggedIn ? who.token : undefined
  if (who.account.verifiedAt !== null) return seeOther(c, wayOn(c, who.isLoggedIn))
  if (site.letters === 'none') return page(c, 200, <NoLettersPage site={site} logOutToken={logOutToken} />)
  const pause = await pauseBefore(c.get('services'), who.account, askerOf(c))
  const props = { site, token: who.token, logOutToken, email: who.account.email, pause }
  return page(c, 200, <WaitingPage {...props} flash={takeFlash(c)} />)
})

emailVerification.post(paths.verifyEmail, async (c) => {
  const site = c.get('site')
  const who = await whoWaits(c)
  if ('leadTo' in who) return who.leadTo
  if (site.letters === 'none') return wantsJson(c) ? noLetters(c) : seeOther(c, paths.verifyEmail)
  const outcome = await sendAgain(c.get('services'), who.account, askerOf(c))
  switch (outcome.kind) {
    case 'sent':
      note(c, 'email.verification-sent', { account: who.account.id })
      if (wantsJson(c)) return json(c, 200, { location: paths.verifyEmail })
      return seeOther(c, paths.verifyEmail, { notice: { code: 'verification-sent', email: outcome.email } })
    case 'already':
    case 'gone':
      if (wantsJson(c)) return json(c, 200, { location: wayOn(c, who.isLoggedIn) })
      return seeOther(c, wayOn(c, who.isLoggedIn))
    case 'held-back': {
      const logOutToken = who.isLoggedIn ? who.token : undefined
      const props = { site, token: who.token, logOutToken, email: who.account.email, pause: outcome.wait }
      return heldBack(c, { ...outcome, field: 'letter', values: {} }, (flash) => (
        <WaitingPage {...props} flash={flash} />
      ))
    }
  }
})

const noLetters = (c: Context) => problem(c, { status: 403, code: 'no-letters' })

emailVerification.get(paths.confirmVerification, async (c) => {
  const link = await lookAtLink(c.get('services'), linkToken(c, paths.confirmVerification), await browserOf(c))
  if (link.kind === 'dead-link') return deadLink(c)
  const isLoggedIn = (await currentSession(c)) !== null
  if (link.kind === 'done')
    return page(c, 200, <DonePage site={c.get('site')} email={link.account.email} isLoggedIn={isLoggedIn} />)
  const props = { site: c.get('site'), token: await formTokenOf(c), email: link.account.email }
  return page(c, 200, <ConfirmPage {...props} asksPassword={link.asksPassword} flash={takeFlash(c)} />)
})
emailVerification.get(linkPaths.verifyEmail(':token'), (c) => takeLink(c, paths.confirmVerification))

emailVerification.post(paths.confirmVerification, async (c) => {
  const form = readForm(c, ConfirmForm)
  const own = { path: paths.confirmVerification, values: {} }
  if (form.kind === 'refused') return refuse(c, { ...own, problems: form.problems })
  const typed = { text: linkToken(c, paths.confirmVerification), password: form.input.password }
  const browser = await browserOf(c)
  const outcome = await confirmAddress(c.get('services'), typed, browser, askerOf(c))
  switch (outcome.kind) {
    case 'verified':
    case 'done': {
      if (outcome.kind === 'verified') note(c, 'email.verified', { account: outcome.account.id })
      return verified(c, outcome.account.email, outcome.kind === 'verified' ? outcome.login : undefined)
    }
    case 'dead-link':
      note(c, 'link.refused', { reason: outcome.kind })
      return deadLink(c)
    case 'refused':
      return refuse(c, { ...own, problems: outcome.problems })
    case 'held-back': {
      note(c, 'password.held-back', { wait: outcome.wait })
      const link = await lookAtLink(c.get('services'), typed.text, browser)
      if (link.kind === 'dead-link') return deadLink(c)
      const props = { site: c.get('site'), token: await formTokenOf(c), email: link.account.email, asksPassword: true }
      return heldBack(c, { ...outcome, field: 'password', values: {} }, (flash) => (
        <ConfirmPage {...props} flash={flash} />
      ))
    }
  }
})

async function verified(c: Context, email: string, login: LoggedIn | StepDue | undefined): Promise<Response> {
  dropLink(c)
  if (login?.kind === 'step-due') return answerStep(c, login)
  const isLoggedIn = login !== undefined || (await currentSession(c)) !== null
  const to = login?.returnTo ? landing(c, login.returnTo) : wayOn(c, isLoggedIn)
  keepInVisit(c, { returnTo: undefined })
  if (wantsJson(c)) return json(c, 200, { location: to })
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
  const returnTo = currentVisit(c)?.returnTo
  return { session, underWay, entry: loginEntry(c, { remembered: false, as: 'cookie', returnTo }) }
}

async function formTokenOf(c: Context): Promise<string> {
  const session = await currentSession(c)
  return session ? sessionFormToken(c, session.tokenHash) : visitorFormToken(c)
}

function deadLink(c: Context) {
  return refuseLink(c, { hint: text.deadLink.verify, way: <LogInButton /> })
}
