// The owner's pages: setting the second factor up and taking it off, and the recovery codes.
import { Hono } from 'hono'
import { fewRecoveryCodes, recoveryCodesMade } from '../../identity/second-factors/limits.ts'
import { grouped } from '../../identity/second-factors/recovery-codes.ts'
import type { FoundSession } from '../../identity/sessions/lookup.ts'
import { paths, withReturn } from '../../paths.ts'
import { keepNewCodes, takeFlash, takeNewCodes } from '../../web/forms/flash.ts'
import { readForm, refuse } from '../../web/forms/form.ts'
import { sessionFormToken } from '../../web/forms/form-token.ts'
import type { Flash } from '../../web/forms/visitor-cookie.ts'
import { answer, page, seeOther } from '../../web/http/answer.ts'
import type { AppEnv, Context } from '../../web/http/context.ts'
import { privateAnswer } from '../../web/http/headers.ts'
import { logEvent } from '../../web/http/log-event.ts'
import {
  confirmFirst,
  loggedIn,
  logInFirst,
  ownerOf,
  recentlyAuthenticated,
  sessionOf,
} from '../../web/session/guards.ts'
import { renewSession } from '../../web/session/renew-session.ts'
import { returnTarget } from '../../web/session/return-to.ts'
import { forgetSession } from '../../web/session/session-cookie.ts'
import { addApp, barred, setUp, setUpAgain } from './enrol.rules.ts'
import { RecoveryCodesForm, SettingsForm } from './form.ts'
import { removeFactors, renewCodes } from './owner.rules.ts'
import { BarredPage, CodesLeftPage, NewCodesPage, SetUpPage, TwoFactorOnPage } from './pages.tsx'

export const twoFactor = new Hono<AppEnv>()

twoFactor.get(paths.twoFactorSettings, loggedIn, async (c) => {
  const { services, site } = c.var
  const session = await sessionOf(c)
  const props = { site, token: sessionFormToken(c, session.tokenHash) }
  const { totp, recoveryCodesLeft: left } = await services.secondFactors.ofAccount(
    services.database.db,
    session.account.id,
  )
  if (totp) {
    const on = { ...totp, left, all: recoveryCodesMade, now: services.clock.now() }
    return page(c, 200, <TwoFactorOnPage {...props} {...on} flash={takeFlash(c)} />)
  }
  const bar = barred(services, session.account)
  if (bar && bar.kind !== 'exists') return page(c, 200, <BarredPage {...props} flash={takeFlash(c)} why={bar.kind} />)
  if (!services.sessions.isRecentlyAuthenticated(session)) return confirmFirst(c)
  const flash = takeFlash(c)
  const returnTo = returnTarget(services.settings, c.req.query('return_to'))
  return page(c, 200, <SetUpPage {...props} flash={flash} shown={shownTo(c, session, flash)} returnTo={returnTo} />)
})

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
      keepNewCodes(c, account.id, outcome.codes)
      return seeOther(c, withReturn(paths.recoveryCodes, returnTo), { notice: { code: 'two-factor-added' } })
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

async function remove(c: Context) {
  const owner = await ownerOf(c)
  const outcome = await removeFactors(c.get('services'), owner)
  if (outcome.kind === 'logged-out') return loggedOut(c)
  if (outcome.kind === 'missing') return seeOther(c, paths.twoFactorSettings)
  logEvent(c, 'two-factor.removed', { account: owner.account.id })
  return seeOther(c, paths.account, { notice: { code: 'two-factor-removed' } })
}

twoFactor.get(paths.recoveryCodes, loggedIn, async (c) => {
  const { services, site } = c.var
  const { account, tokenHash } = await sessionOf(c)
  const props = { site, token: sessionFormToken(c, tokenHash) }
  const codes = takeNewCodes(c, account.id)
  const returnTo = returnTarget(services.settings, c.req.query('return_to'))
  if (codes) return page(c, 200, <NewCodesPage {...props} codes={codes} returnTo={returnTo} flash={takeFlash(c)} />)
  if (!account.hasSecondFactor) return seeOther(c, paths.twoFactorSettings)
  const { recoveryCodesLeft: left } = await services.secondFactors.ofAccount(services.database.db, account.id)
  const count = { left, all: recoveryCodesMade, isFew: left <= fewRecoveryCodes }
  return page(c, 200, <CodesLeftPage {...props} {...count} flash={takeFlash(c)} />)
})

twoFactor.post(paths.recoveryCodes, loggedIn, async (c) => {
  const form = readForm(c, RecoveryCodesForm)
  if (form.kind === 'refused') return refuse(c, { path: paths.recoveryCodes, problems: form.problems, values: {} })
  const { codes, saved, return_to } = form.input
  const returnTo = returnTarget(c.get('services').settings, return_to)
  if (saved) return seeOther(c, returnTo ? { address: returnTo } : paths.twoFactorSettings)
  if (codes) return download(c, codes)
  if (!c.get('services').sessions.isRecentlyAuthenticated(await sessionOf(c))) return confirmFirst(c)
  return renew(c)
})

/** What stands on the page that asks, as a file: without scripts, and without storing it. */
function download(c: Context, codes: string): Response {
  const lines = codes.split(' ').filter((code) => /^(?:[a-z2-7]{4}-){3}[a-z2-7]{4}$/.test(code))
  if (lines.length !== recoveryCodesMade) return seeOther(c, paths.recoveryCodes)
  const { name, text } = c.get('site')
  const { fileName, fileTitle } = text.recoveryCodes
  return answer(c, 200, [fileTitle({ site: name }), '', ...lines, ''].join('\n'), {
    ...privateAnswer,
    'content-type': 'text/plain; charset=utf-8',
    'content-disposition': `attachment; filename="${fileName}"`,
  })
}

async function renew(c: Context) {
  const owner = await ownerOf(c)
  const outcome = await renewCodes(c.get('services'), owner)
  if (outcome.kind === 'logged-out') return loggedOut(c)
  if (outcome.kind === 'missing') return seeOther(c, paths.twoFactorSettings)
  logEvent(c, 'recovery-codes.renewed', { account: owner.account.id })
  keepNewCodes(c, owner.account.id, outcome.codes)
  return seeOther(c, paths.recoveryCodes, { notice: { code: 'recovery-codes-renewed' } })
}

function loggedOut(c: Context): Response {
  forgetSession(c)
  return logInFirst(c)
}
