// What an owner does with connections: sees them, adds one, removes one.
import { Hono } from 'hono'
import { parse, validate } from 'uuid'
import { isProvedByProvider } from '../../identity/accounts/demands.ts'
import { paths, providerPaths, withReturn } from '../../paths.ts'
import { currentVisitorState, takeFlash } from '../../web/forms/flash.ts'
import { readForm } from '../../web/forms/form.ts'
import { sessionFormToken } from '../../web/forms/form-token.ts'
import { page, seeOther } from '../../web/http/answer.ts'
import type { AppEnv, Context } from '../../web/http/context.ts'
import { failure } from '../../web/http/error-pages.tsx'
import { logEvent } from '../../web/http/log-event.ts'
import type { OpenJourney } from '../../web/session/connection-cookie.ts'
import {
  confirmFirst,
  loggedIn,
  logInFirst,
  ownerOf,
  recentlyAuthenticated,
  sessionOf,
} from '../../web/session/guards.ts'
import { loggedOut } from '../../web/session/logged-out.ts'
import { renewSession } from '../../web/session/renew-session.ts'
import { currentSession } from '../../web/session/session-cookie.ts'
import { wantedPage } from '../../web/session/wanted-page.ts'
import { RemoveConnectionForm } from './form.ts'
import { leaveFor } from './journey.ts'
import { addConnection, proveAgain, removeConnection } from './owner.rules.ts'
import { ConnectionsPage } from './pages.tsx'
import type { ProviderProof } from './proof.rules.ts'

export const connectionPages = new Hono<AppEnv>()

const named = ':provider'
const settingOf = (c: Context) => c.get('services').connections.find(c.req.param('provider') ?? '')

connectionPages.get(paths.connections, loggedIn, async (c) => {
  const { account, tokenHash } = await sessionOf(c)
  const { connections, database, clock } = c.get('services')
  const all = await connections.rows.ofAccount(database.db, account.id)
  const props = { site: c.get('site'), token: sessionFormToken(c, tokenHash), flash: takeFlash(c), now: clock.now() }
  return page(c, 200, <ConnectionsPage {...props} connections={all} />)
})

/** A link, because the policy of our forms leads nowhere else; only from our own pages, or typed (ASVS V3.5.3). */
connectionPages.get(providerPaths.add(named), loggedIn, recentlyAuthenticated, async (c) => {
  const setting = settingOf(c)
  if (!setting) return failure(c, 'not-found')
  if (!isOwnLink(c)) return seeOther(c, paths.connections)
  const { tokenHash } = await sessionOf(c)
  return leaveFor(c, { setting, intent: { kind: 'connect', session: tokenHash.toString('hex') } })
})

connectionPages.get(providerPaths.prove(named), loggedIn, async (c) => {
  const setting = settingOf(c)
  if (!setting) return failure(c, 'not-found')
  const { account, tokenHash } = await sessionOf(c)
  const returnTo = wantedPage(c)
  if (!isOwnLink(c) || !isProvedByProvider(account)) return seeOther(c, withReturn(paths.reauthenticate, returnTo))
  const intent = { kind: 'reauthenticate', session: tokenHash.toString('hex') } as const
  return leaveFor(c, { setting, intent, returnTo })
})

const isOwnLink = (c: Context) => ['same-origin', 'none', undefined].includes(c.req.header('sec-fetch-site'))

connectionPages.post(paths.connections, loggedIn, recentlyAuthenticated, async (c) => {
  const form = readForm(c, RemoveConnectionForm)
  if (form.kind === 'refused') return seeOther(c, paths.connections)
  const { connection } = form.input
  const id = validate(connection) ? Buffer.from(parse(connection)) : Buffer.alloc(0)
  const owner = await ownerOf(c)
  const outcome = await removeConnection(c.get('services'), owner, id)
  switch (outcome.kind) {
    case 'removed':
      logEvent(c, 'connection.removed', { account: owner.account.id, provider: outcome.provider })
      return seeOther(c, paths.connections, { notice: { code: 'connection-removed' } })
    case 'last-way-in':
      return seeOther(c, paths.connections, { notice: { code: 'connection-last-way-in' } })
    case 'missing':
      return seeOther(c, paths.connections)
    case 'logged-out':
      return loggedOut(c)
  }
})

/** Back from the provider, in a browser that was logged in when it left: it must be the same session still. */
export async function ownerCameBack(
  c: Context,
  proof: ProviderProof,
  { intent, returnTo }: OpenJourney,
): Promise<Response> {
  const session = await currentSession(c)
  if (!session || intent.kind === 'log-in' || session.tokenHash.toString('hex') !== intent.session) return logInFirst(c)
  return intent.kind === 'connect' ? connect(c, proof) : reauthenticate(c, proof, returnTo)
}

async function connect(c: Context, proof: ProviderProof): Promise<Response> {
  const { sessions } = c.get('services')
  const owner = await ownerOf(c)
  // As long as the log-in there lasted, the proof here may have grown old.
  if (!sessions.isRecentlyAuthenticated(await sessionOf(c))) return confirmFirst(c)
  const outcome = await addConnection(c.get('services'), owner, proof)
  const provider = proof.setting.label
  switch (outcome.kind) {
    case 'added':
      logEvent(c, 'connection.added', { account: owner.account.id, provider: proof.setting.name })
      return seeOther(c, paths.connections, { notice: { code: 'connection-added', provider } })
    case 'exists':
    case 'too-many':
    case 'over':
      return seeOther(c, paths.connections, { notice: { code: noticeOf[outcome.kind], provider } })
    case 'logged-out':
      return loggedOut(c)
  }
}

const noticeOf = { exists: 'connection-exists', 'too-many': 'connection-exists', over: 'connection-over' } as const

async function reauthenticate(c: Context, proof: ProviderProof, returnTo: string | undefined): Promise<Response> {
  const session = await sessionOf(c)
  const renewal = renewSession(c, session, [`connection:${proof.setting.name}`])
  const outcome = await proveAgain(c.get('services'), await ownerOf(c), proof, renewal)
  const again = withReturn(paths.reauthenticate, returnTo)
  const provider = proof.setting.label
  switch (outcome.kind) {
    case 'reauthenticated': {
      logEvent(c, 'reauthentication.succeeded', { account: session.account.id })
      const { typed } = currentVisitorState(c) ?? {}
      renewal.open()
      return seeOther(
        c,
        returnTo ? { address: returnTo } : paths.account,
        typed && { form: { ...typed, problems: [] } },
      )
    }
    case 'other':
      logEvent(c, 'reauthentication.failed', { account: session.account.id })
      return seeOther(c, again, { notice: { code: 'connection-other', provider } })
    case 'not-enough':
      return seeOther(c, again)
    case 'over':
      return seeOther(c, again, { notice: { code: 'connection-over', provider } })
    case 'logged-out':
      return loggedOut(c)
  }
}
