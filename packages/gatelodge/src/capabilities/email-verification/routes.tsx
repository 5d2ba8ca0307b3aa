import { Hono } from 'hono'
import type { Account } from '../../identity/accounts/storage.ts'
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
import { type Entry, letIn } from '../../web/let-in.ts'
import { dropLink, linkToken, takeLink } from '../../web/link-token.ts'
import { note } from '../../web/note.ts'
import { linkPaths, paths, withReturn } from '../../web/paths.ts'
import { refuseLink } from '../../web/refuse-link.tsx'
import { currentSession } from '../../web/session-cookie.ts'
import { LogInButton } from '../../web/ui/doors.tsx'
import { NoLettersPage } from '../../web/ui/letters.tsx'
import { waitingAccount } from '../../web/waiting.ts'
import { confirmAddress, lookAtLink } from './confirm.ts'
import { ConfirmForm } from './form.ts'
import { ConfirmPage, DonePage, WaitingPage } from './pages.tsx'
import { pauseBefore, sendAgain } from './rules.ts'

export const emailVerification = new Hono<AppEnv>()

/** Where one was going when a gate stood in the way; behind the log-in, where that is still to come. */
function wayOn(c: Context, isLoggedIn: boolean): Destination {
  const returnTo = currentVisit(c)?.returnTo
  return isLoggedIn ? landing(c, returnTo) : withReturn(paths.login, returnTo)
}

/** Somebody who is logged in, or who has proved who they are and waits at the gate. */
async function whoWaits(c: Context): Promise<{ account: Account; token: string; isLoggedIn: boolean } | undefined> {
  const session = await currentSession(c)
  if (session) return { account: session.account, token: sessionFormToken(c, session.tokenHash), isLoggedIn: true }
  const account = await waitingAccount(c)
  return account ? { account, token: visitorFormToken(c), isLoggedIn: false } : undefined
}

emailVerification.get(paths.verifyEmail, async (c) => {
  const site = c.get('site')
  const who = await whoWaits(c)
  if (!who) return logInFirst(c)
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
  if (!who) return logInFirst(c)
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
  const entry = letIn(c, { remembered: currentVisit(c)?.wayIn?.remember === true })
  const typed = { text: linkToken(c, paths.confirmVerification), password: form.input.password }
  const outcome = await confirmAddress(c.get('services'), typed, await browserOf(c, entry), askerOf(c))
  switch (outcome.kind) {
    case 'verified':
    case 'done': {
      if (outcome.kind === 'verified') note(c, 'email.verified', { account: outcome.account.id })
      const isLetIn = outcome.kind === 'verified' && outcome.isLetIn
      return verified(c, outcome.account.email, isLetIn ? entry : undefined)
    }
    case 'dead-link':
      note(c, 'link.refused', { reason: outcome.kind })
      return deadLink(c)
    case 'refused':
      return refuse(c, { ...own, problems: outcome.problems })
    case 'held-back': {
      note(c, 'password.held-back', { wait: outcome.wait })
      const link = await lookAtLink(c.get('services'), typed.text, await browserOf(c, entry))
      if (link.kind === 'dead-link') return deadLink(c)
      const props = { site: c.get('site'), token: await formTokenOf(c), email: link.account.email, asksPassword: true }
      return heldBack(c, { ...outcome, field: 'password', values: {} }, (flash) => (
        <ConfirmPage {...props} flash={flash} />
      ))
    }
  }
})

async function verified(c: Context, email: string, entry: Entry | undefined): Promise<Response> {
  const isLoggedIn = entry !== undefined || (await currentSession(c)) !== null
  const to = wayOn(c, isLoggedIn)
  await entry?.open()
  dropLink(c)
  keepInVisit(c, { waiting: undefined, returnTo: undefined })
  if (wantsJson(c)) return json(c, 200, { location: to })
  return seeOther(c, to, { notice: { code: isLoggedIn ? 'address-verified' : 'address-verified-log-in', email } })
}

async function browserOf(c: Context, entry: Entry = letIn(c, { remembered: false })) {
  return { session: await currentSession(c), device: entry.device, start: entry.start }
}

async function formTokenOf(c: Context): Promise<string> {
  const session = await currentSession(c)
  return session ? sessionFormToken(c, session.tokenHash) : visitorFormToken(c)
}

function deadLink(c: Context) {
  return refuseLink(c, { hint: text.deadLink.verify, way: <LogInButton /> })
}
