// The owner's page: setting the second factor up and taking it off.
import { Hono } from 'hono'
import { fewRecoveryCodes, recoveryCodesMade } from '../../identity/second-factors/limits.ts'
import { grouped } from '../../identity/second-factors/recovery-codes.ts'
import type { FoundSession } from '../../identity/sessions/lookup.ts'
import { paths, withReturn } from '../../paths.ts'
import { keepNewCodes, takeFlash } from '../../web/forms/flash.ts'
import { readForm, refuse } from '../../web/forms/form.ts'
import { sessionFormToken } from '../../web/forms/form-token.ts'
import type { Flash } from '../../web/forms/visitor-cookie.ts'
import { page, seeOther } from '../../web/http/answer.ts'
import type { AppEnv, Context } from '../../web/http/context.ts'
import { logEvent } from '../../web/http/log-event.ts'
import { confirmFirst, loggedIn, ownerOf, recentlyAuthenticated, sessionOf } from '../../web/session/guards.ts'
import { loggedOut } from '../../web/session/logged-out.ts'
import { renewSession } from '../../web/session/renew-session.ts'
import { returnTarget } from '../../web/session/return-to.ts'
import { wantedPage } from '../../web/session/wanted-page.ts'
import { BarredPage, SetUpPage } from './enrol.pages.tsx'
import { addApp, barred, setUp, setUpAgain } from './enrol.rules.ts'
import { SettingsForm } from './form.ts'
import { removeFactors } from './owner.rules.ts'
import { TwoFactorOnPage } from './pages.tsx'

export const twoFactor = new Hono<AppEnv>()

twoFactor.get(paths.twoFactorSettings, loggedIn, async (c) => {
  const { services, site } = c.var
  const session = await sessionOf(c)
  const props = { site, token: sessionFormToken(c, session.tokenHash) }
  const { totp, recoveryCodesLeft: left } = await services.secondFactors.ofAccount(
    services.database.db,
    session.account.id,
  )
  const { hasSecondFactor, asksPasskeySince } = session.account
  if (totp) {
    const count = { left, all: recoveryCodesMade, isFew: left <= fewRecoveryCodes }
    const on = { ...totp, ...count, asksPasskey: asksPasskeySince !== null, now: services.clock.now() }
    return page(c, 200, <TwoFactorOnPage {...props} {...on} flash={takeFlash(c)} />)
  }
  const bar = barred(services, session.account)
  if (bar && bar.kind !== 'exists') return page(c, 200, <BarredPage {...props} flash={takeFlash(c)} why={bar.kind} />)
  if (!services.sessions.isRecentlyAuthenticated(session)) return confirmFirst(c)
  const flash = takeFlash(c)
  const returnTo = wantedPage(c)
  const shown = { shown: shownTo(c, session, flash), returnTo, besidePasskey: hasSecondFactor }
  return page(c, 200, <SetUpPage {...props} {...shown} flash={flash} />)
})

interface NewCodes {
  account: { id: Buffer }
  codes: string[]
  returnTo: string | undefined
}

/** The key that came back with a wrong code; else that of this session. */
function shownTo(c: Context, { account, tokenHash }: FoundSession, flash: Flash) {
  const services = c.get('services')
  const { key, ...rest } =
    setUpAgain(services, account, flash.form?.values.setup ?? '') ?? setUp(services, account, tokenHash)
  return { ...rest, key: grouped(key, ' ') }
}

twoFactor.post(paths.twoFactorSettings, loggedIn, recentlyAuthenticated, async (c) => {
  const form = readForm(c, SettingsForm)
  if (form.kind === 'refused') return refuse(c, { path: paths.twoFactorSettings, problems: form.problems, values: {} })
  return form.input.remove ? remove(c) : add(c, form.input)
})

async function add(c: Context, { setup, code, return_to }: { setup: string; code: string; return_to: string }) {
  const session = await sessionOf(c)
  const { account } = session
  const returnTo = returnTarget(c.get('services').settings, return_to)
  const renewal = renewSession(c, session, ['otp', 'mfa'])
  const outcome = await addApp(c.get('services'), await ownerOf(c), { setup, code }, renewal)
  switch (outcome.kind) {
    case 'added':
      logEvent(c, 'two-factor.added', { account: account.id })
      renewal.open()
      return showCodes(c, { account, codes: outcome.codes, returnTo })
    case 'refused': {
      const path = withReturn(paths.twoFactorSettings, returnTo)
      return refuse(c, { path, problems: outcome.problems, values: { setup } })
    }
    case 'logged-out':
      return loggedOut(c)
    case 'exists':
    case 'off':
    case 'unverified':
      return seeOther(c, paths.twoFactorSettings)
  }
}

/** New codes are shown once; where there were some before, there is nothing to show. */
function showCodes(c: Context, { account, codes, returnTo }: NewCodes): Response {
  const flash = { notice: { code: 'two-factor-added' as const } }
  if (codes.length === 0) return seeOther(c, returnTo ? { address: returnTo } : paths.twoFactorSettings, flash)
  keepNewCodes(c, account.id, codes)
  return seeOther(c, withReturn(paths.recoveryCodes, returnTo), flash)
}

async function remove(c: Context) {
  const owner = await ownerOf(c)
  const outcome = await removeFactors(c.get('services'), owner)
  if (outcome.kind === 'logged-out') return loggedOut(c)
  if (outcome.kind === 'missing') return seeOther(c, paths.twoFactorSettings)
  logEvent(c, outcome.event, { account: owner.account.id })
  const code = outcome.event === 'two-factor.removed' ? 'two-factor-removed' : 'two-factor-app-removed'
  return seeOther(c, paths.account, { notice: { code } })
}
