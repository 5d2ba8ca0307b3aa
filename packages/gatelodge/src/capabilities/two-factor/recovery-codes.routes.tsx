// The owner's recovery codes: shown once, as a file, and made again.
import { Hono } from 'hono'
import { fewRecoveryCodes, recoveryCodesMade } from '../../identity/second-factors/limits.ts'
import { paths } from '../../paths.ts'
import { keepNewCodes, takeFlash, takeNewCodes } from '../../web/forms/flash.ts'
import { readForm, refuse } from '../../web/forms/form.ts'
import { sessionFormToken } from '../../web/forms/form-token.ts'
import { answer, page, seeOther } from '../../web/http/answer.ts'
import type { AppEnv, Context } from '../../web/http/context.ts'
import { privateAnswer } from '../../web/http/headers.ts'
import { logEvent } from '../../web/http/log-event.ts'
import { confirmFirst, loggedIn, ownerOf, sessionOf } from '../../web/session/guards.ts'
import { loggedOut } from '../../web/session/logged-out.ts'
import { returnTarget } from '../../web/session/return-to.ts'
import { wantedPage } from '../../web/session/wanted-page.ts'
import { RecoveryCodesForm } from './form.ts'
import { renewCodes } from './owner.rules.ts'
import { CodesLeftPage, NewCodesPage } from './recovery-codes.pages.tsx'

export const recoveryCodes = new Hono<AppEnv>()

recoveryCodes.get(paths.recoveryCodes, loggedIn, async (c) => {
  const { services, site } = c.var
  const { account, tokenHash } = await sessionOf(c)
  const props = { site, token: sessionFormToken(c, tokenHash) }
  const codes = takeNewCodes(c, account.id)
  const returnTo = wantedPage(c)
  if (codes) return page(c, 200, <NewCodesPage {...props} codes={codes} returnTo={returnTo} flash={takeFlash(c)} />)
  if (!account.hasSecondFactor) return seeOther(c, paths.twoFactorSettings)
  const { recoveryCodesLeft: left } = await services.secondFactors.ofAccount(services.database.db, account.id)
  const count = { left, all: recoveryCodesMade, isFew: left <= fewRecoveryCodes }
  return page(c, 200, <CodesLeftPage {...props} {...count} hasApp={account.hasApp} flash={takeFlash(c)} />)
})

recoveryCodes.post(paths.recoveryCodes, loggedIn, async (c) => {
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
