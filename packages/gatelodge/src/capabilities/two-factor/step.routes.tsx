// The steps of a log-in: the code, and where the site demands a second factor of everybody, setting it up.
import { Hono } from 'hono'
import { fewRecoveryCodes, trustedFor } from '../../identity/second-factors/limits.ts'
import { grouped } from '../../identity/second-factors/recovery-codes.ts'
import { optionsOf, paths, withReturn } from '../../paths.ts'
import { days } from '../../time.ts'
import { keepNewCodes, takeFlash } from '../../web/forms/flash.ts'
import { readForm, refuse } from '../../web/forms/form.ts'
import { loginFormToken } from '../../web/forms/form-token.ts'
import { rateLimited } from '../../web/forms/rate-limited.ts'
import type { Flash } from '../../web/forms/visitor-cookie.ts'
import { json, page, problem, seeOther } from '../../web/http/answer.ts'
import type { AppEnv, Context } from '../../web/http/context.ts'
import { logEvent } from '../../web/http/log-event.ts'
import { afterLogin } from '../../web/session/after-login.ts'
import { visitorOnly } from '../../web/session/guards.ts'
import { type Standing, standing } from '../../web/session/login-under-way.ts'
import type { Step } from '../../web/session/step.ts'
import { keepTrustToken } from '../../web/session/trust-cookie.ts'
import { SetUpPage } from './enrol.pages.tsx'
import { setUp, setUpAgain } from './enrol.rules.ts'
import { SettingsForm, TwoFactorForm } from './form.ts'
import { mayTrust, passEnrolment, passSecondFactor } from './rules.ts'
import { byRecoveryCode, TwoFactorPage } from './step.pages.tsx'
import { enrolment, secondFactor } from './step.ts'
import { stepRequest } from './step-request.ts'

export const twoFactorSteps = new Hono<AppEnv>()

type Due = Extract<Standing, { kind: 'due' }>

/** The log-in that waits for this very step; or where another request leads. */
async function waitingFor(c: Context, step: Step): Promise<Due | { leadTo: Response }> {
  const found = await standing(c)
  if (!found) return { leadTo: logInAgain(c, 'login-over') }
  if (found.kind === 'passed') return { leadTo: seeOther(c, paths.continueLogin) }
  return found.step === step ? found : { leadTo: seeOther(c, found.step.page) }
}

function logInAgain(c: Context, code: 'login-over' | 'too-many-codes'): Response {
  return seeOther(c, paths.login, { notice: { code } })
}

twoFactorSteps.get(paths.twoFactor, visitorOnly, async (c) => {
  const found = await waitingFor(c, secondFactor)
  if ('leadTo' in found) return found.leadTo
  return page(c, 200, await stepMarkup(c, found, takeFlash(c)))
})

async function stepMarkup(c: Context, found: Due, flash: Flash) {
  const ways = (await secondFactor.ways?.(c.get('services'), found.account)) ?? []
  const first = ways.includes('app') || !ways.includes('passkey') ? 'app' : 'passkey'
  const by = c.req.query('by') === 'recovery-code' ? 'recovery-code' : first
  const trustedDays = mayTrust(found.login.account) ? trustedFor / days(1) : undefined
  const props = { site: c.get('site'), token: loginFormToken(c, found.login), flash, trustedDays }
  return <TwoFactorPage {...props} by={by} ways={ways} />
}

/** What the script of the page asks the browser: one of the account's own passkeys. */
twoFactorSteps.post(optionsOf(paths.twoFactor), visitorOnly, async (c) => {
  const found = await waitingFor(c, secondFactor)
  if ('leadTo' in found) return found.leadTo
  const { passkeys, database } = c.get('services')
  const all = await passkeys.ofAccount(database.db, found.account)
  if (all.length === 0) return problem(c, 'passkey-missing')
  return json(c, 200, passkeys.askForUse({ ceremony: 'second-factor', by: found.login.tokenHash }, all))
})

twoFactorSteps.post(paths.twoFactor, visitorOnly, async (c) => {
  const found = await waitingFor(c, secondFactor)
  if ('leadTo' in found) return found.leadTo
  const form = readForm(c, TwoFactorForm)
  if (form.kind === 'refused') return refuse(c, { path: paths.twoFactor, problems: form.problems, values: {} })
  const outcome = await passSecondFactor(c.get('services'), stepRequest(c, found.login), form.input)
  const path = form.input.recovery_code === undefined ? paths.twoFactor : byRecoveryCode
  const typed: Record<string, string> = form.input.trust ? { trust: 'yes' } : {}
  switch (outcome.kind) {
    case 'logged-in':
      if (outcome.trust) keepTrustToken(c, outcome.trust)
      return seeOther(c, afterLogin(c, outcome.returnTo), await fewCodesLeft(c, found.account, form.input))
    case 'step-due':
      if (outcome.trust) keepTrustToken(c, outcome.trust)
      return seeOther(c, outcome.step.page)
    case 'refused':
      logEvent(c, 'two-factor.failed', { account: found.account, reason: outcome.problems.map(({ code }) => code) })
      return refuse(c, { path, problems: outcome.problems, values: typed })
    case 'login-over':
      logEvent(c, 'two-factor.failed', { account: found.account, reason: ['login-over'] })
      return logInAgain(c, 'too-many-codes')
    case 'rate-limited':
      logEvent(c, 'two-factor.rate-limited', { account: found.account, wait: outcome.wait })
      return rateLimited(c, { ...outcome, field: 'code', values: typed }, (flash) => stepMarkup(c, found, flash))
  }
})

/** Said on the next page to someone who has just used a recovery code; other log-ins do not ask. */
async function fewCodesLeft(c: Context, account: Buffer, { recovery_code }: { recovery_code?: string | undefined }) {
  if (recovery_code === undefined) return undefined
  const { secondFactors, database } = c.get('services')
  const { recoveryCodesLeft } = await secondFactors.ofAccount(database.db, account)
  return recoveryCodesLeft <= fewRecoveryCodes ? { notice: { code: 'recovery-codes-few' as const } } : undefined
}

twoFactorSteps.get(paths.twoFactorSetUp, visitorOnly, async (c) => {
  const found = await waitingFor(c, enrolment)
  if ('leadTo' in found) return found.leadTo
  const { account, tokenHash } = found.login
  const services = c.get('services')
  const flash = takeFlash(c)
  const { key, ...rest } =
    setUpAgain(services, account, flash.form?.values.setup ?? '') ?? setUp(services, account, tokenHash)
  const shown = { ...rest, key: grouped(key, ' ') }
  const props = { site: c.get('site'), token: loginFormToken(c, found.login), flash, shown }
  return page(c, 200, <SetUpPage {...props} isStep />)
})

twoFactorSteps.post(paths.twoFactorSetUp, visitorOnly, async (c) => {
  const found = await waitingFor(c, enrolment)
  if ('leadTo' in found) return found.leadTo
  const form = readForm(c, SettingsForm)
  if (form.kind === 'refused') return refuse(c, { path: paths.twoFactorSetUp, problems: form.problems, values: {} })
  const outcome = await passEnrolment(c.get('services'), stepRequest(c, found.login), form.input)
  switch (outcome.kind) {
    case 'logged-in':
      logEvent(c, 'two-factor.added', { account: found.account })
      if (outcome.codes.length === 0) return seeOther(c, afterLogin(c, outcome.returnTo))
      keepNewCodes(c, found.account, outcome.codes)
      return seeOther(c, withReturn(paths.recoveryCodes, outcome.returnTo))
    case 'step-due':
      return seeOther(c, outcome.step.page)
    case 'refused': {
      const values = { setup: form.input.setup }
      return refuse(c, { path: paths.twoFactorSetUp, problems: outcome.problems, values })
    }
    case 'login-over':
      return logInAgain(c, 'login-over')
    case 'rate-limited':
      throw new Error('an enrolment is not counted')
  }
})
