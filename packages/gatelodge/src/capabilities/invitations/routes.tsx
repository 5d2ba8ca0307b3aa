// The link of an invitation. Opening it changes nothing, however often: a button posts.
import { Hono } from 'hono'
import { firstVersion } from '../../identity/accounts/account.ts'
import { addressKey } from '../../identity/accounts/address-key.ts'
import { typedOwn } from '../../identity/accounts/custom-fields.ts'
import { findInvitation, hasAccount, type InvalidInvitation } from '../../identity/invitations/state.ts'
import type { Invitation } from '../../identity/invitations/storage.ts'
import type { FoundSession } from '../../identity/sessions/lookup.ts'
import { paths } from '../../paths.ts'
import { currentVisitorState, keepWayIn, takeFlash } from '../../web/forms/flash.ts'
import { readForm, refuse } from '../../web/forms/form.ts'
import { linkFormToken, sessionFormToken } from '../../web/forms/form-token.ts'
import { dropLink, linkToken, takeLink } from '../../web/forms/link-token.ts'
import { rateLimited } from '../../web/forms/rate-limited.ts'
import { refuseLink } from '../../web/forms/refuse-link.tsx'
import { registrationSent } from '../../web/forms/registration-sent.ts'
import { page, seeOther } from '../../web/http/answer.ts'
import type { AppEnv, Context } from '../../web/http/context.ts'
import { logEvent } from '../../web/http/log-event.ts'
import { requestSourceOf } from '../../web/http/request-source.ts'
import { afterLogin } from '../../web/session/after-login.ts'
import { loginEntry } from '../../web/session/complete-login.ts'
import { rememberDevice } from '../../web/session/device-cookie.ts'
import { logInFirst, ownerOf } from '../../web/session/guards.ts'
import { currentSession } from '../../web/session/session-cookie.ts'
import { LogInButton } from '../../web/ui/navigation.tsx'
import { acceptInvitation } from './accept.rules.ts'
import { InvitationForm } from './form.ts'
import { AcceptPage, LogInToAcceptPage, NewcomerPage, OtherAddressPage } from './pages.tsx'
import { registerByInvitation } from './register.rules.ts'

export const invitationLink = new Hono<AppEnv>()

const path = paths.invitation

invitationLink.get(`${path}/:token`, (c) => takeLink(c, path))

invitationLink.get(path, async (c) => {
  const found = await findInvitation(c.get('services'), linkToken(c, path))
  if (found.kind === 'invalid-link') return invalidLink(c, found)
  const session = await currentSession(c)
  return page(c, 200, session ? forOwner(c, session, found.invitation) : await forVisitor(c, found.invitation))
})

function forOwner(c: Context, session: FoundSession, { emailKey }: Invitation) {
  const { account, tokenHash } = session
  const props = {
    ...{ site: c.get('site'), flash: takeFlash(c), email: account.email },
    logOutToken: sessionFormToken(c, tokenHash),
  }
  if (emailKey && !addressKey(account.email).equals(emailKey)) return <OtherAddressPage {...props} />
  return <AcceptPage {...props} token={linkFormToken(c, path, session)} />
}

async function forVisitor(c: Context, invitation: Invitation) {
  const { services, site } = c.var
  const logsIn = services.settings.registration === 'closed' || (await hasAccount(services, invitation))
  // Nothing is asked of the database behind this: messages that were taken are shown.
  const props = { site, flash: takeFlash(c), email: invitation.email ?? undefined }
  if (logsIn) return <LogInToAcceptPage {...props} />
  return <NewcomerPage {...props} token={linkFormToken(c, path, null)} />
}

invitationLink.post(path, async (c) => ((await currentSession(c)) ? accept(c) : register(c)))

async function accept(c: Context): Promise<Response> {
  const owner = await ownerOf(c)
  const outcome = await acceptInvitation(c.get('services'), linkToken(c, path), owner)
  switch (outcome.kind) {
    case 'accepted':
    case 'nothing-new':
      if (outcome.kind === 'accepted') logEvent(c, 'invitation.accepted', { account: owner.account.id })
      dropLink(c)
      return seeOther(c, afterLogin(c), { notice: { code: 'invitation-accepted' } })
    case 'too-many-groups':
      return seeOther(c, path, { notice: { code: 'too-many-groups' } })
    case 'other-address':
      return seeOther(c, path)
    case 'logged-out':
      return logInFirst(c)
    case 'invalid-link':
      return invalidLink(c, outcome)
  }
}

async function register(c: Context): Promise<Response> {
  const form = readForm(c, InvitationForm)
  if (form.kind === 'refused') return refuse(c, { path, problems: form.problems, values: {} })
  const { name, email } = form.input
  const own = c.get('fields')
  const values = { name, email, ...typedOwn(c.get('site').fields, own) }
  const returnTo = currentVisitorState(c)?.returnTo
  const entry = loginEntry(c, { remembered: false, as: 'cookie', returnTo })
  const typed = { ...form.input, token: linkToken(c, path), own }
  const outcome = await registerByInvitation(c.get('services'), typed, entry, requestSourceOf(c))
  switch (outcome.kind) {
    case 'logged-in':
      dropLink(c)
      logEvent(c, 'invitation.accepted', { account: outcome.account })
      return seeOther(c, afterLogin(c, returnTo), { notice: { code: 'welcome' } })
    case 'step-due':
      dropLink(c)
      logEvent(c, 'invitation.accepted', { account: outcome.account })
      return seeOther(c, outcome.step.page)
    case 'asked': {
      const { accountId } = outcome
      logEvent(c, 'registration.requested')
      // In this browser the link alone will do. Nobody has such an account where the address had one already.
      rememberDevice(c, accountId, firstVersion)
      keepWayIn(c, { email: outcome.email, name })
      return registrationSent(c, { email: outcome.email, accountId, isInvited: true })
    }
    case 'refused': {
      logEvent(c, 'invitation.refused', { reason: outcome.problems.map((one) => `${one.field} ${one.code}`) })
      return refuse(c, { path, problems: outcome.problems, values })
    }
    case 'closed':
      return seeOther(c, path)
    case 'invalid-link':
      return invalidLink(c, outcome)
    case 'rate-limited': {
      logEvent(c, 'invitation.rate-limited', { wait: outcome.wait })
      const found = await findInvitation(c.get('services'), typed.token)
      const email = found.kind === 'good' ? (found.invitation.email ?? undefined) : undefined
      const props = { site: c.get('site'), token: linkFormToken(c, path, null), email }
      return rateLimited(c, { ...outcome, field: 'name', values }, (flash) => <NewcomerPage {...props} flash={flash} />)
    }
  }
}

/** Only those who have the link come here: it may say which of the reasons it was. */
function invalidLink(c: Context, { why }: InvalidInvitation) {
  const site = c.get('site')
  if (c.req.method === 'POST') logEvent(c, 'link.refused', { reason: `invitation-${why}` })
  const { invitation } = site.text
  const hint = why === 'used' ? invitation.usedHint : invitation.askAgain
  return refuseLink(c, { lead: invitation.over[why], hint, way: <LogInButton site={site} /> })
}
