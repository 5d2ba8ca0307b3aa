// The pages behind the link of a registration by email.
import { Hono } from 'hono'
import { firstVersion } from '../../identity/accounts/account.ts'
import { optionsOf, paths } from '../../paths.ts'
import { currentVisitorState, takeFlash } from '../../web/forms/flash.ts'
import { readForm, refuse } from '../../web/forms/form.ts'
import { linkFormToken } from '../../web/forms/form-token.ts'
import { dropLink, linkToken, takeLink } from '../../web/forms/link-token.ts'
import { rateLimited } from '../../web/forms/rate-limited.ts'
import { refuseLink } from '../../web/forms/refuse-link.tsx'
import { json, page, problem, seeOther } from '../../web/http/answer.ts'
import type { AppEnv, Context } from '../../web/http/context.ts'
import { logEvent } from '../../web/http/log-event.ts'
import { requestSourceOf } from '../../web/http/request-source.ts'
import { loginEntry } from '../../web/session/complete-login.ts'
import { deviceOf } from '../../web/session/device-cookie.ts'
import { currentSession } from '../../web/session/session-cookie.ts'
import { StartForm } from './form.ts'
import type { CarriedOver } from './make-account.rules.ts'
import { RegisterAgain } from './pages.tsx'
import { logInvited, registered, staysLoggedIn } from './registered.ts'
import { StartPage, StartWithoutPasswordPage, withPassword } from './start.pages.tsx'
import { asShownIn, carriedOver, findWaiting, startAccount } from './start.rules.ts'
import { startOptions } from './start-without-password.rules.ts'

export const registrationStart = new Hono<AppEnv>()

registrationStart.get(paths.startAccount, async (c) => {
  const waiting = await findWaiting(c.get('services'), linkToken(c, paths.startAccount))
  if (!waiting) return invalidLink(c)
  const over = await carriedOver(c.get('services'), waiting)
  if (over) return invitationOver(c, over)
  const site = c.get('site')
  const props = { site, token: await startToken(c), flash: takeFlash(c), email: waiting.email }
  if (waiting.hash === null) {
    const byPassword = c.req.query('by') === 'password' || !site.offersPasskeys
    return page(c, 200, <StartWithoutPasswordPage {...props} byPassword={byPassword} />)
  }
  const isKnown = deviceOf(c).isKnownTo(waiting.accountId, firstVersion)
  return page(c, 200, <StartPage {...props} asksPassword={!isKnown} />)
})
registrationStart.get(`${paths.startAccount}/:token`, (c) => takeLink(c, paths.startAccount))

/** What the script of the page asks the browser: a passkey for the account that the link starts. */
registrationStart.post(optionsOf(paths.startAccount), async (c) => {
  const waiting = await findWaiting(c.get('services'), linkToken(c, paths.startAccount))
  const options = waiting && startOptions(c.get('services'), asShownIn(deviceOf(c), waiting))
  return options ? json(c, 200, options) : problem(c, 'invalid-link')
})

registrationStart.post(paths.startAccount, async (c) => {
  const form = readForm(c, StartForm)
  if (form.kind === 'refused') return refuse(c, { path: paths.startAccount, problems: form.problems, values: {} })
  const token = linkToken(c, paths.startAccount)
  const returnTo = currentVisitorState(c)?.returnTo
  const entry = loginEntry(c, { remembered: staysLoggedIn(c), as: 'cookie', returnTo })
  const outcome = await startAccount(c.get('services'), { token, ...form.input }, entry, requestSourceOf(c))

  switch (outcome.kind) {
    case 'logged-in':
      dropLink(c)
      logInvited(c, outcome)
      return registered(c, returnTo)
    case 'step-due':
      dropLink(c)
      logInvited(c, outcome)
      return seeOther(c, outcome.step.page)
    case 'refused': {
      const { problems } = outcome
      const isNew = problems.some(({ field }) => field === 'new_password')
      return refuse(c, { path: isNew ? withPassword(paths.startAccount) : paths.startAccount, problems, values: {} })
    }
    case 'passkey-refused':
      logEvent(c, 'registration.refused', { reason: [`answer ${outcome.reason}`] })
      return seeOther(c, paths.startAccount, {
        notice: { code: outcome.reason === 'algorithm' ? 'passkey-algorithm' : 'passkey-not-made' },
      })
    case 'passkey-exists':
      logEvent(c, 'registration.refused', { reason: ['answer taken'] })
      return seeOther(c, paths.startAccount, { notice: { code: 'passkey-exists' } })
    case 'taken':
    case 'reserved':
    case 'invalid-link':
      logEvent(c, 'link.refused', { reason: outcome.kind })
      return invalidLink(c, outcome.kind === 'reserved' ? c.get('site').text.invalidLink.reserved : undefined)
    case 'invitation-over':
      logEvent(c, 'link.refused', { reason: `invitation-${outcome.why}` })
      return invitationOver(c, outcome)
    case 'rate-limited': {
      logEvent(c, 'registration.rate-limited', { wait: outcome.wait })
      const waiting = await findWaiting(c.get('services'), token)
      const props = { site: c.get('site'), token: await startToken(c), email: waiting?.email ?? '', asksPassword: true }
      return rateLimited(c, { ...outcome, field: 'password', values: {} }, (flash) => (
        <StartPage {...props} flash={flash} />
      ))
    }
  }
})

const startToken = async (c: Context) => linkFormToken(c, paths.startAccount, await currentSession(c))

function invalidLink(c: Context, hint: string = c.get('site').text.invalidLink.start) {
  return refuseLink(c, { hint: hint, way: <RegisterAgain site={c.get('site')} /> })
}

/** Said plainly: only the person who asked reads it. */
function invitationOver(c: Context, { why }: CarriedOver) {
  const { invitation } = c.get('site').text
  const way = <RegisterAgain site={c.get('site')} />
  return refuseLink(c, { lead: invitation.over[why], hint: invitation.overAtStart, way })
}
