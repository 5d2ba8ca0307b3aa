import { Hono } from 'hono'
import { text } from '../../text/en.ts'
import { json, page, seeOther, wantsJson } from '../../web/answer.ts'
import { askerOf } from '../../web/asker.ts'
import type { AppEnv, Context } from '../../web/context.ts'
import { renewVisit, takeFlash } from '../../web/flash.ts'
import { readForm, refuse } from '../../web/form.ts'
import { sessionFormToken, visitorFormToken } from '../../web/form-token.ts'
import { loggedIn, logInFirst, sessionOf } from '../../web/guards.ts'
import { clearSiteData } from '../../web/headers.ts'
import { heldBack } from '../../web/held-back.ts'
import { dropLink, linkToken, takeLink } from '../../web/link-token.ts'
import { note } from '../../web/note.ts'
import { linkPaths, paths } from '../../web/paths.ts'
import { refuseLink } from '../../web/refuse-link.tsx'
import { currentSession, forgetSession } from '../../web/session-cookie.ts'
import { LogInButton } from '../../web/ui/doors.tsx'
import { GoodbyeForm } from './form.ts'
import { DeletePage, GoodbyePage, RestorePage } from './pages.tsx'
import { findClosed, restoreAccount } from './restore.ts'
import { closeAccount } from './rules.ts'

export const goodbye = new Hono<AppEnv>()

goodbye.get(paths.deleteAccount, loggedIn, async (c) => {
  const { account, tokenHash } = await sessionOf(c)
  const props = { site: c.get('site'), token: sessionFormToken(c, tokenHash), email: account.email }
  return page(c, 200, <DeletePage {...props} flash={takeFlash(c)} />)
})

goodbye.post(paths.deleteAccount, loggedIn, async (c) => {
  const form = readForm(c, GoodbyeForm)
  const own = { path: paths.deleteAccount, values: {} }
  if (form.kind === 'refused') return refuse(c, { ...own, problems: form.problems })
  const { account, tokenHash } = await sessionOf(c)
  const owner = { account, tokenHash, asker: askerOf(c) }
  const outcome = await closeAccount(c.get('services'), owner, form.input.current_password)
  switch (outcome.kind) {
    case 'closed':
      note(c, 'account.closed', { account: account.id })
      return closed(c)
    case 'refused':
      note(c, 'password.confirm-refused', { account: account.id })
      return refuse(c, { ...own, problems: outcome.problems })
    case 'logged-out':
      forgetSession(c)
      return logInFirst(c)
    case 'held-back': {
      note(c, 'password.held-back', { account: account.id, wait: outcome.wait })
      const props = { site: c.get('site'), token: sessionFormToken(c, tokenHash), email: account.email }
      return heldBack(c, { ...outcome, field: 'current_password', values: {} }, (flash) => (
        <DeletePage {...props} flash={flash} />
      ))
    }
  }
})

function closed(c: Context): Response {
  forgetSession(c)
  renewVisit(c)
  const code = c.get('services').settings.deletionDelay === 0 ? 'account-gone' : 'account-closed'
  const answer = wantsJson(c)
    ? json(c, 200, { location: paths.goodbye })
    : seeOther(c, paths.goodbye, { notice: { code } })
  return clearSiteData(answer)
}

/** To whoever has just left. It would frighten anybody else who opens it. */
goodbye.get(paths.goodbye, (c) => {
  const flash = takeFlash(c)
  const hasLeft = flash.notice?.code === 'account-closed' || flash.notice?.code === 'account-gone'
  return hasLeft ? page(c, 200, <GoodbyePage site={c.get('site')} flash={flash} />) : seeOther(c, paths.home, flash)
})

goodbye.get(paths.restoreAccount, async (c) => {
  const found = await findClosed(c.get('services'), linkToken(c, paths.restoreAccount))
  if (!found) return deadLink(c)
  const session = await currentSession(c)
  const token = session ? sessionFormToken(c, session.tokenHash) : visitorFormToken(c)
  return page(c, 200, <RestorePage site={c.get('site')} token={token} email={found.account.email} />)
})
goodbye.get(linkPaths.restoreAccount(':token'), (c) => takeLink(c, paths.restoreAccount))

goodbye.post(paths.restoreAccount, async (c) => {
  const account = await restoreAccount(c.get('services'), linkToken(c, paths.restoreAccount), askerOf(c))
  if (!account) {
    note(c, 'link.refused', { reason: 'dead-link' })
    return deadLink(c)
  }
  note(c, 'account.reopened', { account })
  dropLink(c)
  if (wantsJson(c)) return json(c, 200, { location: paths.login })
  return seeOther(c, paths.login, { notice: { code: 'account-reopened' } })
})

function deadLink(c: Context) {
  return refuseLink(c, { hint: text.deadLink.restore, way: <LogInButton /> })
}
