import { Hono } from 'hono'
import type { FoundSession } from '../../identity/sessions/lookup.ts'
import { paths } from '../../paths.ts'
import { renewVisitorCookie, takeFlash } from '../../web/forms/flash.ts'
import { readForm, refuse } from '../../web/forms/form.ts'
import { linkFormToken, sessionFormToken } from '../../web/forms/form-token.ts'
import { dropLink, linkToken, takeLink } from '../../web/forms/link-token.ts'
import { rateLimited } from '../../web/forms/rate-limited.ts'
import { refuseLink } from '../../web/forms/refuse-link.tsx'
import type { Flash } from '../../web/forms/visitor-cookie.ts'
import { page, seeOther } from '../../web/http/answer.ts'
import type { AppEnv, Context } from '../../web/http/context.ts'
import { logEvent } from '../../web/http/log-event.ts'
import { requestSourceOf } from '../../web/http/request-source.ts'
import { loggedIn, logInFirst, recentlyAuthenticated, sessionOf } from '../../web/session/guards.ts'
import { currentSession, forgetSession } from '../../web/session/session-cookie.ts'
import { EmailNotSetUpPage } from '../../web/ui/emails.tsx'
import { LogInButton } from '../../web/ui/navigation.tsx'
import { confirmChange, lookAtLink } from './confirm.rules.ts'
import { ChangeEmailForm, UndoForm } from './form.ts'
import { ChangedPage, ChangeEmailPage, ConfirmEmailPage, LogInToConfirmPage, UndoPage } from './pages.tsx'
import { cancelChange, requestChange } from './rules.ts'
import { findUndo, undoChange } from './undo.rules.ts'

export const emailChange = new Hono<AppEnv>()

emailChange.get(paths.changeEmail, loggedIn, recentlyAuthenticated, async (c) => {
  const session = await sessionOf(c)
  return page(c, 200, form(c, session, takeFlash(c)))
})

function form(c: Context, { account, tokenHash }: FoundSession, flash: Flash) {
  const props = { site: c.get('site'), token: sessionFormToken(c, tokenHash), flash }
  if (props.site.emails === 'none') return <EmailNotSetUpPage {...props} logOutToken={props.token} />
  return <ChangeEmailPage {...props} email={account.email} pending={account.pendingEmail} />
}

emailChange.post(paths.changeEmail, loggedIn, recentlyAuthenticated, async (c) => {
  const read = readForm(c, ChangeEmailForm)
  const own = { path: paths.changeEmail, values: {} }
  if (read.kind === 'refused') return refuse(c, { ...own, problems: read.problems })
  const session = await sessionOf(c)
  const { account } = session
  if (read.input.action === 'cancel') return cancel(c, session)
  // An address that they have chosen already, in full knowledge: nobody is asked about it again.
  const chosen = read.input.action === 'again' ? (account.pendingEmail ?? '') : read.input.meant_email
  const new_email = chosen || read.input.new_email
  const kept_email = chosen || read.input.kept_email
  const outcome = await requestChange(c.get('services'), account, { new_email, kept_email }, requestSourceOf(c))
  switch (outcome.kind) {
    case 'sent':
      logEvent(c, 'email.change-requested', { account: account.id })
      // The page itself says where the first one went.
      return seeOther(c, paths.changeEmail, read.input.action === 'again' ? { notice: { code: 'sent-again' } } : {})
    case 'refused':
      return refuse(c, { ...own, problems: outcome.problems, values: { new_email } })
    case 'email-not-set-up':
      return seeOther(c, paths.changeEmail)
    case 'gone':
      return logInFirst(c)
    case 'rate-limited':
      logEvent(c, 'email.rate-limited', { account: account.id, wait: outcome.wait })
      return rateLimited(c, { ...outcome, field: 'new_email', values: { new_email } }, (flash) =>
        form(c, session, flash),
      )
  }
})

async function cancel(c: Context, { account }: FoundSession): Promise<Response> {
  if (await cancelChange(c.get('services'), account, requestSourceOf(c)))
    logEvent(c, 'email.change-cancelled', { account: account.id })
  return seeOther(c, paths.account, { notice: { code: 'email-change-cancelled' } })
}

emailChange.get(paths.confirmEmail, async (c) => {
  const link = await lookAtLink(c.get('services'), linkToken(c, paths.confirmEmail))
  if (link.kind === 'invalid-link') return invalidLink(c)
  const site = c.get('site')
  if (link.kind === 'done') return page(c, 200, <ChangedPage site={site} email={link.email} />)
  const session = await currentSession(c)
  const flash = takeFlash(c)
  const token = session && sessionFormToken(c, session.tokenHash)
  if (!token || !session.account.id.equals(link.account.id))
    return page(c, 200, <LogInToConfirmPage site={site} flash={flash} logOutToken={token ?? undefined} />)
  const form = linkFormToken(c, paths.confirmEmail, session)
  return page(c, 200, <ConfirmEmailPage site={site} token={form} email={link.email} flash={flash} />)
})
emailChange.get(`${paths.confirmEmail}/:token`, (c) => takeLink(c, paths.confirmEmail))

emailChange.post(paths.confirmEmail, async (c) => {
  const token = linkToken(c, paths.confirmEmail)
  const outcome = await confirmChange(c.get('services'), token, await currentSession(c), requestSourceOf(c))
  switch (outcome.kind) {
    case 'changed':
    case 'done':
      if (outcome.kind === 'changed') logEvent(c, 'email.changed', { account: outcome.accountId })
      dropLink(c)
      return seeOther(c, paths.account, { notice: { code: 'email-changed', email: outcome.email } })
    case 'not-logged-in':
      return seeOther(c, paths.confirmEmail)
    case 'taken':
    case 'invalid-link':
      logEvent(c, 'link.refused', { reason: outcome.kind })
      return invalidLink(c)
  }
})

emailChange.get(paths.undoEmailChange, async (c) => {
  if (!(await findUndo(c.get('services'), linkToken(c, paths.undoEmailChange))))
    return invalidLink(c, c.get('site').text.invalidLink.undo)
  const token = linkFormToken(c, paths.undoEmailChange, await currentSession(c))
  return page(c, 200, <UndoPage site={c.get('site')} token={token} flash={takeFlash(c)} />)
})
emailChange.get(`${paths.undoEmailChange}/:token`, (c) => takeLink(c, paths.undoEmailChange))

emailChange.post(paths.undoEmailChange, async (c) => {
  const form = readForm(c, UndoForm)
  const own = { path: paths.undoEmailChange, values: {} }
  if (form.kind === 'refused') return refuse(c, { ...own, problems: form.problems })
  const typed = { text: linkToken(c, paths.undoEmailChange), ...form.input }
  const browser = { source: requestSourceOf(c), session: await currentSession(c) }
  const outcome = await undoChange(c.get('services'), typed, browser)
  switch (outcome.kind) {
    case 'undone': {
      logEvent(c, 'email.changed', { account: outcome.accountId, reason: 'undone' })
      forgetSession(c)
      renewVisitorCookie(c)
      const { email } = outcome
      const form = { path: paths.forgotPassword, values: { email }, problems: [] }
      return seeOther(c, paths.forgotPassword, { notice: { code: 'email-change-undone', email }, form })
    }
    case 'refused':
      return refuse(c, { ...own, problems: outcome.problems, values: form.input })
    case 'taken':
    case 'invalid-link':
      logEvent(c, 'link.refused', { reason: outcome.kind })
      return invalidLink(c, c.get('site').text.invalidLink.undo)
  }
})

function invalidLink(c: Context, hint: string = c.get('site').text.invalidLink.email) {
  return refuseLink(c, { hint: hint, way: <LogInButton site={c.get('site')} /> })
}
