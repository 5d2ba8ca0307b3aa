import { Hono } from 'hono'
import { paths } from '../../paths.ts'
import { renewVisitorCookie, takeFlash } from '../../web/forms/flash.ts'
import { readForm, refuse } from '../../web/forms/form.ts'
import { linkFormToken, sessionFormToken } from '../../web/forms/form-token.ts'
import { dropLink, linkToken, takeLink } from '../../web/forms/link-token.ts'
import { rateLimited } from '../../web/forms/rate-limited.ts'
import { refuseLink } from '../../web/forms/refuse-link.tsx'
import { page, seeOther } from '../../web/http/answer.ts'
import type { AppEnv, Context } from '../../web/http/context.ts'
import { clearSiteData } from '../../web/http/headers.ts'
import { logEvent } from '../../web/http/log-event.ts'
import { requestSourceOf } from '../../web/http/request-source.ts'
import { factorLatelyProved, loggedIn, logInFirst, ownerOf, sessionOf } from '../../web/session/guards.ts'
import { currentSession, forgetSession } from '../../web/session/session-cookie.ts'
import { LogInButton } from '../../web/ui/navigation.tsx'
import { DeleteAccountForm } from './form.ts'
import { AccountDeletedPage, DeletePage, RestorePage } from './pages.tsx'
import { findClosed, restoreAccount } from './restore.rules.ts'
import { closeAccount } from './rules.ts'

export const accountDeletion = new Hono<AppEnv>()

accountDeletion.get(paths.deleteAccount, loggedIn, factorLatelyProved, async (c) => {
  const { account, tokenHash } = await sessionOf(c)
  const props = { site: c.get('site'), token: sessionFormToken(c, tokenHash), account }
  return page(c, 200, <DeletePage {...props} flash={takeFlash(c)} />)
})

accountDeletion.post(paths.deleteAccount, loggedIn, factorLatelyProved, async (c) => {
  const form = readForm(c, DeleteAccountForm)
  const own = { path: paths.deleteAccount, values: {} }
  if (form.kind === 'refused') return refuse(c, { ...own, problems: form.problems })
  const owner = await ownerOf(c)
  const { account, tokenHash } = owner
  const outcome = await closeAccount(c.get('services'), owner, form.input.current_password)
  switch (outcome.kind) {
    case 'closed':
      logEvent(c, 'account.deletion-scheduled', { account: account.id })
      return closed(c)
    case 'refused':
      logEvent(c, 'reauthentication.failed', { account: account.id })
      return refuse(c, { ...own, problems: outcome.problems })
    case 'logged-out':
      forgetSession(c)
      return logInFirst(c)
    case 'last-administrator':
      return seeOther(c, paths.deleteAccount, { notice: { code: 'last-administrator' } })
    case 'rate-limited': {
      logEvent(c, 'password.rate-limited', { account: account.id, wait: outcome.wait })
      const props = { site: c.get('site'), token: sessionFormToken(c, tokenHash), account }
      return rateLimited(c, { ...outcome, field: 'current_password', values: {} }, (flash) => (
        <DeletePage {...props} flash={flash} />
      ))
    }
  }
})

function closed(c: Context): Response {
  forgetSession(c)
  renewVisitorCookie(c)
  const code = c.get('services').settings.deletionDelay === 0 ? 'account-deleted' : 'account-deletion-scheduled'
  return clearSiteData(seeOther(c, paths.accountDeletion, { notice: { code } }))
}

/** To anyone who has just left. It would frighten anyone else who opens it. */
accountDeletion.get(paths.accountDeletion, (c) => {
  const flash = takeFlash(c)
  const how = flash.notice?.code
  return how === 'account-deletion-scheduled' || how === 'account-deleted'
    ? page(c, 200, <AccountDeletedPage site={c.get('site')} how={how} />)
    : seeOther(c, paths.home, flash)
})

accountDeletion.get(paths.restoreAccount, async (c) => {
  const found = await findClosed(c.get('services'), linkToken(c, paths.restoreAccount))
  if (!found) return invalidLink(c)
  const token = linkFormToken(c, paths.restoreAccount, await currentSession(c))
  return page(c, 200, <RestorePage site={c.get('site')} token={token} email={found.account.email} />)
})
accountDeletion.get(`${paths.restoreAccount}/:token`, (c) => takeLink(c, paths.restoreAccount))

accountDeletion.post(paths.restoreAccount, async (c) => {
  const account = await restoreAccount(c.get('services'), linkToken(c, paths.restoreAccount), requestSourceOf(c))
  if (!account) {
    logEvent(c, 'link.refused', { reason: 'invalid-link' })
    return invalidLink(c)
  }
  logEvent(c, 'account.restored', { account })
  dropLink(c)
  return seeOther(c, paths.login, { notice: { code: 'account-restored' } })
})

function invalidLink(c: Context) {
  return refuseLink(c, { hint: c.get('site').text.invalidLink.restore, way: <LogInButton site={c.get('site')} /> })
}
