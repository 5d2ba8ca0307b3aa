import { Hono } from 'hono'
import { asksForFactor, isProvedByProvider } from '../../identity/accounts/demands.ts'
import type { Method } from '../../identity/logins/methods.ts'
import type { FoundSession } from '../../identity/sessions/lookup.ts'
import { optionsOf, paths, withProof, withReturn } from '../../paths.ts'
import { currentVisitorState, takeFlash } from '../../web/forms/flash.ts'
import { readForm, refuse } from '../../web/forms/form.ts'
import { sessionFormToken } from '../../web/forms/form-token.ts'
import { rateLimited } from '../../web/forms/rate-limited.ts'
import { json, page, problem, seeOther } from '../../web/http/answer.ts'
import type { AppEnv, Context } from '../../web/http/context.ts'
import { logEvent } from '../../web/http/log-event.ts'
import { deviceOf } from '../../web/session/device-cookie.ts'
import { loggedIn, ownerOf, sessionOf } from '../../web/session/guards.ts'
import { loggedOut } from '../../web/session/logged-out.ts'
import { renewSession } from '../../web/session/renew-session.ts'
import { returnTarget } from '../../web/session/return-to.ts'
import { wantedPage } from '../../web/session/wanted-page.ts'
import { ReauthenticationForm } from './form.ts'
import { ReauthenticationPage, type ReauthenticationWay } from './pages.tsx'
import { reauthenticate, reauthenticateByCode } from './rules.ts'

export const reauthentication = new Hono<AppEnv>()

reauthentication.get(paths.reauthenticate, loggedIn, async (c) => {
  const session = await sessionOf(c)
  const returnTo = wantedPage(c)
  const props = await propsOf(c, session, { returnTo, by: c.req.query('by') })
  return page(c, 200, <ReauthenticationPage {...props} flash={takeFlash(c)} />)
})

async function propsOf(
  c: Context,
  { account, tokenHash }: FoundSession,
  { returnTo, by: wanted }: { returnTo: string | undefined; by: string | undefined },
) {
  const { passkeys, connections, database } = c.get('services')
  const hasPasskey = (await passkeys.ofAccount(database.db, account.id)).length > 0
  const by = wayFor(account, wanted, hasPasskey)
  // A second factor is never proved by them, and a password is asked where there is one.
  const isElse = by === 'passkey' && isProvedByProvider(account)
  const connected = isElse ? await connections.rows.ofAccount(database.db, account.id) : []
  return {
    site: c.get('site'),
    token: sessionFormToken(c, tokenHash),
    email: account.email,
    returnTo,
    by,
    hasPasskey,
    others: othersThan(by, account),
    connections: c.get('site').connections.filter(({ name }) => connected.some(({ provider }) => provider === name)),
  }
}

/** Where there is no second factor, an administrator's password is not enough; and some accounts have none. */
function wayFor(
  account: FoundSession['account'],
  wanted: string | undefined,
  hasPasskey: boolean,
): ReauthenticationWay {
  if (wanted === 'passkey' && hasPasskey) return 'passkey'
  if (wanted === 'recovery-code' && account.hasSecondFactor) return 'recovery-code'
  if (account.hasApp) return 'app'
  return asksForFactor(account) || account.passwordChangedAt === null ? 'passkey' : 'password'
}

/** A passkey has a button on the page of the app. */
function othersThan(by: ReauthenticationWay, { hasApp, hasSecondFactor }: FoundSession['account']) {
  if (!hasSecondFactor) return []
  if (by !== 'recovery-code') return ['recovery-code' as const]
  return [hasApp ? ('app' as const) : ('passkey' as const)]
}

/** What the script of the page asks the browser: one of the account's own passkeys. */
reauthentication.post(optionsOf(paths.reauthenticate), loggedIn, async (c) => {
  const { account, tokenHash } = await sessionOf(c)
  const { passkeys, database } = c.get('services')
  const all = await passkeys.ofAccount(database.db, account.id)
  if (all.length === 0) return problem(c, 'passkey-missing')
  return json(c, 200, passkeys.askForUse({ ceremony: 'reauthenticate', by: tokenHash }, all))
})

/** What was sent: one of three. */
function fieldOf({ answer, recovery_code }: { answer?: string | undefined; recovery_code?: string | undefined }) {
  if (answer) return 'answer' as const
  return recovery_code === undefined ? ('code' as const) : ('recovery_code' as const)
}

reauthentication.post(paths.reauthenticate, loggedIn, async (c) => {
  const form = readForm(c, ReauthenticationForm)
  if (form.kind === 'refused') return refuse(c, { path: paths.reauthenticate, problems: form.problems, values: {} })
  const returnTo = returnTarget(c.get('services').settings, form.input.return_to)
  const session = await sessionOf(c)
  const path = withReturn(paths.reauthenticate, returnTo)
  const by = form.input.recovery_code === undefined ? undefined : 'recovery-code'
  const isByCode = asksForFactor(session.account) || form.input.answer !== undefined
  let renewal = renewSession(c, session)
  const renewBy = (provedBy: Method[]) => {
    renewal = renewSession(c, session, provedBy)
    return renewal
  }
  const owner = await ownerOf(c)
  const known = { ...owner, device: deviceOf(c), methods: session.methods }
  const outcome = isByCode
    ? await reauthenticateByCode(c.get('services'), known, form.input, renewBy)
    : await reauthenticate(c.get('services'), owner, form.input.current_password, renewal)

  switch (outcome.kind) {
    case 'reauthenticated': {
      logEvent(c, 'reauthentication.succeeded', { account: session.account.id })
      const { typed } = currentVisitorState(c) ?? {}
      renewal.open()
      const to = returnTo ? { address: returnTo } : paths.account
      return seeOther(c, to, typed && { form: { ...typed, problems: [] } })
    }
    case 'refused':
      logEvent(c, 'reauthentication.failed', { account: session.account.id })
      return refuse(c, { path: by ? withProof(path, by) : path, problems: outcome.problems, values: {} })
    case 'logged-out':
      return loggedOut(c)
    case 'rate-limited': {
      const event = isByCode ? 'two-factor.rate-limited' : 'password.rate-limited'
      logEvent(c, event, { account: session.account.id, wait: outcome.wait })
      const props = await propsOf(c, session, { returnTo, by })
      const field = isByCode ? fieldOf(form.input) : 'current_password'
      return rateLimited(c, { ...outcome, field, values: {} }, (flash) => (
        <ReauthenticationPage {...props} flash={flash} />
      ))
    }
  }
})
