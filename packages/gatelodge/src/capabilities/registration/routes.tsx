import { Hono } from 'hono'
import { typedOwn } from '../../identity/accounts/custom-fields.ts'
import { firstVersion } from '../../identity/accounts/storage.ts'
import { paths, withReturn } from '../../paths.ts'
import {
  askedEmail,
  currentVisitorState,
  isEmpty,
  keepAskedEmail,
  keepInVisitorCookie,
  keepWayIn,
  takeFlash,
} from '../../web/forms/flash.ts'
import { readForm, refuse } from '../../web/forms/form.ts'
import { linkFormToken } from '../../web/forms/form-token.ts'
import { dropLink, linkToken, takeLink } from '../../web/forms/link-token.ts'
import { rateLimited } from '../../web/forms/rate-limited.ts'
import { refuseLink } from '../../web/forms/refuse-link.tsx'
import { page, seeOther } from '../../web/http/answer.ts'
import type { AppEnv, Context } from '../../web/http/context.ts'
import { keptPage } from '../../web/http/kept-page.ts'
import { logEvent } from '../../web/http/log-event.ts'
import { requestSourceOf } from '../../web/http/request-source.ts'
import { afterLogin } from '../../web/session/after-login.ts'
import { loginEntry, type StepDue } from '../../web/session/complete-login.ts'
import { deviceOf, rememberDevice } from '../../web/session/device-cookie.ts'
import { visitorOnly } from '../../web/session/guards.ts'
import { logRefusal } from '../../web/session/login-refused.ts'
import { returnTarget } from '../../web/session/return-to.ts'
import { currentSession } from '../../web/session/session-cookie.ts'
import { wantedPage } from '../../web/session/wanted-page.ts'
import { type AskedByEmail, sendAgain } from './confirm-first.rules.ts'
import { RegistrationForm, StartForm } from './form.ts'
import { ClosedPage, RegisterAgain, RegistrationPage, SentPage, StartPage } from './pages.tsx'
import { register } from './rules.ts'
import { findWaiting, startAccount } from './start.rules.ts'

export const registration = new Hono<AppEnv>()

registration.get(paths.register, visitorOnly, (c) => {
  const { services, site } = c.var
  const props = {
    site,
    flash: takeFlash(c),
    wayIn: currentVisitorState(c)?.wayIn,
    returnTo: wantedPage(c),
  }
  const { registration } = services.settings
  if (registration === 'closed' || registration === 'invitation')
    return page(c, 200, <ClosedPage {...props} mode={registration} />)
  if (isEmpty(props.flash) && !props.wayIn && !props.returnTo) return blankPage(c)
  return page(c, 200, <RegistrationPage {...props} />)
})

/** What most people get. */
const blankPage = keptPage((site) => <RegistrationPage site={site} flash={{}} returnTo={undefined} />)

registration.post(paths.register, visitorOnly, async (c) => {
  const form = readForm(c, RegistrationForm)
  if (form.kind === 'refused') return refuse(c, { path: paths.register, problems: form.problems, values: {} })
  const { name, return_to, meant_email } = form.input
  const email = meant_email || form.input.email
  const own = c.get('fields')
  const values = { name, email, ...typedOwn(c.get('site').fields, own) }
  const returnTo = returnTarget(c.get('services').settings, return_to)
  if (meant_email && form.input.password === '') return addressMended(c, { values, returnTo })
  const entry = loginEntry(c, { remembered: staysLoggedIn(c), as: 'cookie', returnTo })
  const typed = { ...form.input, ...(meant_email && { email, kept_email: email }), own }
  const outcome = await register(c.get('services'), typed, entry, requestSourceOf(c))

  switch (outcome.kind) {
    case 'logged-in':
      return registered(c, returnTo)
    case 'known':
      if (outcome.login.kind === 'step-due') return passFirst(c, outcome.login, email)
      return seeOther(c, afterLogin(c, returnTo), { notice: { code: 'account-exists' } })
    case 'step-due':
      return passFirst(c, outcome, email)
    case 'asked':
      logEvent(c, 'registration.requested')
      // In this browser the link alone will do. Nobody has such an account where the address had one already.
      rememberDevice(c, outcome.accountId, firstVersion)
      if (returnTo) keepInVisitorCookie(c, { returnTo })
      keepWayIn(c, { email, name })
      return sent(c, outcome)
    case 'refused': {
      const { problems, login } = outcome
      if (login) logRefusal(c, login)
      logEvent(c, 'registration.refused', { reason: problems.map((problem) => `${problem.field} ${problem.code}`) })
      return refuse(c, { path: withReturn(paths.register, returnTo), problems, values })
    }
    case 'closed':
    case 'invitation':
      logEvent(c, 'registration.refused', { reason: outcome.kind })
      return seeOther(c, withReturn(paths.register, returnTo))
    case 'rate-limited': {
      logEvent(c, 'registration.rate-limited', { wait: outcome.wait })
      const page = { site: c.get('site'), returnTo }
      return rateLimited(c, { ...outcome, field: 'name', values }, (flash) => (
        <RegistrationPage {...page} flash={flash} />
      ))
    }
  }
})

/** The password is never put back into a form: it is all that is missing now. */
function addressMended(c: Context, { values, returnTo }: { values: Values; returnTo: string | undefined }) {
  const { email = '' } = values
  keepWayIn(c, values)
  const form = { path: paths.register, values, problems: [] }
  return seeOther(c, withReturn(paths.register, returnTo), { notice: { code: 'address-mended', email }, form })
}

type Values = Record<string, string>

registration.get(paths.registerSent, visitorOnly, (c) => {
  const asked = askedEmail(c, paths.registerSent)
  if (!asked) return seeOther(c, paths.register)
  const wait = asked.againAt - c.get('services').clock.now()
  const props = { site: c.get('site'), flash: takeFlash(c), email: asked.email, wait }
  return page(c, 200, <SentPage {...props} returnTo={currentVisitorState(c)?.returnTo} />)
})

registration.post(paths.registerSent, visitorOnly, async (c) => {
  const asked = askedEmail(c, paths.registerSent)
  if (!asked?.newcomer) return seeOther(c, paths.register)
  const newcomer = { accountId: Buffer.from(asked.newcomer, 'hex'), email: asked.email }
  const outcome = await sendAgain(c.get('services'), newcomer, requestSourceOf(c))
  logEvent(c, 'registration.requested')
  return sent(c, outcome)
})

/** Nothing that was looked up: the answer is the same for every address. */
function sent(c: Context, { email, accountId }: Omit<AskedByEmail, 'kind'>): Response {
  const asked = keepAskedEmail(c, { path: paths.registerSent, email, newcomer: accountId.toString('hex') })
  return seeOther(c, paths.registerSent, asked === 'again' ? { notice: { code: 'asked-again' } } : {})
}

registration.get(paths.startAccount, async (c) => {
  const waiting = await findWaiting(c.get('services'), linkToken(c, paths.startAccount))
  if (!waiting) return invalidLink(c)
  const isKnown = deviceOf(c).isKnownTo(waiting.accountId, firstVersion)
  const props = { site: c.get('site'), token: await startToken(c), email: waiting.email, asksPassword: !isKnown }
  return page(c, 200, <StartPage {...props} flash={takeFlash(c)} />)
})
registration.get(`${paths.startAccount}/:token`, (c) => takeLink(c, paths.startAccount))

registration.post(paths.startAccount, async (c) => {
  const form = readForm(c, StartForm)
  if (form.kind === 'refused') return refuse(c, { path: paths.startAccount, problems: form.problems, values: {} })
  const token = linkToken(c, paths.startAccount)
  const returnTo = currentVisitorState(c)?.returnTo
  const entry = loginEntry(c, { remembered: staysLoggedIn(c), as: 'cookie', returnTo })
  const outcome = await startAccount(c.get('services'), { token, ...form.input }, entry, requestSourceOf(c))

  switch (outcome.kind) {
    case 'logged-in':
      dropLink(c)
      return registered(c, returnTo)
    case 'step-due':
      dropLink(c)
      return seeOther(c, outcome.step.page)
    case 'refused':
      return refuse(c, { path: paths.startAccount, problems: outcome.problems, values: {} })
    case 'taken':
    case 'reserved':
    case 'invalid-link':
      logEvent(c, 'link.refused', { reason: outcome.kind })
      return invalidLink(c, outcome.kind === 'reserved' ? c.get('site').text.invalidLink.reserved : undefined)
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

/** Asked for at the log-in page, on the way here. */
const staysLoggedIn = (c: Context) => currentVisitorState(c)?.wayIn?.remember === true

const startToken = async (c: Context) => linkFormToken(c, paths.startAccount, await currentSession(c))

function invalidLink(c: Context, hint: string = c.get('site').text.invalidLink.start) {
  return refuseLink(c, { hint: hint, way: <RegisterAgain site={c.get('site')} /> })
}

function passFirst(c: Context, { step }: StepDue, email: string) {
  keepWayIn(c, { email })
  return seeOther(c, step.page)
}

function registered(c: Context, returnTo: string | undefined) {
  return seeOther(c, afterLogin(c, returnTo), { notice: { code: 'welcome' } })
}
