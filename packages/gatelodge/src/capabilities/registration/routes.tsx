import { Hono } from 'hono'
import { type AskedByEmail, sendAgain } from '../../email/registration-by-email.ts'
import { firstVersion } from '../../identity/accounts/account.ts'
import { typedOwn } from '../../identity/accounts/custom-fields.ts'
import { paths, withReturn } from '../../paths.ts'
import type { Problem } from '../../text/problem-text.ts'
import {
  askedEmail,
  currentVisitorState,
  isEmpty,
  keepInVisitorCookie,
  keepWayIn,
  takeFlash,
} from '../../web/forms/flash.ts'
import { readForm, refuse } from '../../web/forms/form.ts'
import { rateLimited } from '../../web/forms/rate-limited.ts'
import { registrationSent } from '../../web/forms/registration-sent.ts'
import { page, seeOther } from '../../web/http/answer.ts'
import type { AppEnv, Context } from '../../web/http/context.ts'
import { keptPage } from '../../web/http/kept-page.ts'
import { logEvent } from '../../web/http/log-event.ts'
import { requestSourceOf } from '../../web/http/request-source.ts'
import { afterLogin } from '../../web/session/after-login.ts'
import { loginEntry, type StepDue } from '../../web/session/complete-login.ts'
import { rememberDevice } from '../../web/session/device-cookie.ts'
import { visitorOnly } from '../../web/session/guards.ts'
import { logRefusal } from '../../web/session/login-refused.ts'
import { returnTarget } from '../../web/session/return-to.ts'
import { wantedPage } from '../../web/session/wanted-page.ts'
import { PasskeyRegistrationForm, RegistrationForm } from './form.ts'
import { ClosedPage, RegistrationPage, SentPage } from './pages.tsx'
import { registerWithPasskey } from './passkey.rules.ts'
import { registered, staysLoggedIn } from './registered.ts'
import { register } from './rules.ts'

export const registration = new Hono<AppEnv>()

registration.get(paths.register, visitorOnly, (c) => {
  const { services, site } = c.var
  const props = {
    site,
    flash: takeFlash(c),
    prefill: currentVisitorState(c)?.prefill,
    returnTo: wantedPage(c),
  }
  const { registration } = services.settings
  if (registration === 'closed' || registration === 'invitation')
    return page(c, 200, <ClosedPage {...props} mode={registration} />)
  if (isEmpty(props.flash) && !props.prefill && !props.returnTo) return blankPage(c)
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
      // In this browser the link alone will do. Nobody has such an account where the address had one already.
      rememberDevice(c, outcome.accountId, firstVersion)
      return askedFirst(c, outcome, { returnTo, name })
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

/** Without a password: the email leads to the page where the passkey is made. */
registration.post(paths.registerPasskey, visitorOnly, async (c) => {
  const form = readForm(c, PasskeyRegistrationForm)
  if (form.kind === 'refused') return formAgain(c, { problems: form.problems, values: {}, returnTo: undefined })
  const { name, email, return_to } = form.input
  const own = c.get('fields')
  const values = { name, email, ...typedOwn(c.get('site').fields, own) }
  const returnTo = returnTarget(c.get('services').settings, return_to)
  const outcome = await registerWithPasskey(c.get('services'), { ...form.input, own }, requestSourceOf(c))

  switch (outcome.kind) {
    case 'asked':
      // In this browser the page behind the link knows what was typed.
      rememberDevice(c, outcome.accountId, firstVersion)
      return askedFirst(c, outcome, { returnTo, name })
    case 'refused': {
      const { problems } = outcome
      logEvent(c, 'registration.refused', { reason: problems.map((problem) => `${problem.field} ${problem.code}`) })
      return formAgain(c, { problems, values, returnTo })
    }
    case 'closed':
    case 'invitation':
    case 'email-not-set-up':
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

interface Again {
  problems: Problem[]
  values: Values
  returnTo: string | undefined
}

/** The form stands on the page of registration. */
function formAgain(c: Context, { problems, values, returnTo }: Again): Response {
  keepWayIn(c, values)
  return seeOther(c, withReturn(paths.register, returnTo), { form: { path: paths.register, values, problems } })
}

/** Where the person was going is remembered for the link. */
function askedFirst(
  c: Context,
  asked: AskedByEmail,
  { returnTo, name }: { returnTo: string | undefined; name: string },
): Response {
  logEvent(c, 'registration.requested')
  if (returnTo) keepInVisitorCookie(c, { returnTo })
  keepWayIn(c, { email: asked.email, name })
  return registrationSent(c, asked)
}

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
  const { returnTo } = currentVisitorState(c) ?? {}
  return page(c, 200, <SentPage {...props} returnTo={returnTo} isInvited={asked.isInvited ?? false} />)
})

registration.post(paths.registerSent, visitorOnly, async (c) => {
  const asked = askedEmail(c, paths.registerSent)
  if (!asked?.newcomer) return seeOther(c, paths.register)
  const { email, isInvited } = asked
  const newcomer = { accountId: Buffer.from(asked.newcomer, 'hex'), email, isInvited }
  const outcome = await sendAgain(c.get('services'), newcomer, requestSourceOf(c))
  logEvent(c, 'registration.requested')
  return registrationSent(c, { ...outcome, isInvited })
})

function passFirst(c: Context, { step }: StepDue, email: string) {
  keepWayIn(c, { email })
  return seeOther(c, step.page)
}
