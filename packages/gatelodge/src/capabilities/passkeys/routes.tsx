// The owner's pages: the list, and one page each to add, rename and remove a passkey.
import { Hono } from 'hono'
import { parse, stringify, validate } from 'uuid'
import type { PasskeyAsking } from '../../identity/passkeys/challenge.ts'
import type { Passkey } from '../../identity/passkeys/storage.ts'
import { recoveryCodesMade } from '../../identity/second-factors/limits.ts'
import type { FoundSession } from '../../identity/sessions/lookup.ts'
import { optionsOf, paths } from '../../paths.ts'
import { takeFlash } from '../../web/forms/flash.ts'
import { readForm, refuse } from '../../web/forms/form.ts'
import { sessionFormToken } from '../../web/forms/form-token.ts'
import { json, page, seeOther } from '../../web/http/answer.ts'
import type { AppEnv, Context } from '../../web/http/context.ts'
import { logEvent } from '../../web/http/log-event.ts'
import { loggedIn, ownerOf, recentlyAuthenticated, sessionOf } from '../../web/session/guards.ts'
import { loggedOut } from '../../web/session/logged-out.ts'
import { renewSession } from '../../web/session/renew-session.ts'
import { mayAsk } from './after-password.rules.ts'
import { AddPasskeyForm, RemovePasskeyForm, RenamePasskeyForm } from './form.ts'
import { addPasskey, barred, removePasskey, renamePasskey } from './owner.rules.ts'
import { AddPage, PasskeysPage, RemovePage, RenamePage, withPasskey } from './pages.tsx'

export const passkeyPages = new Hono<AppEnv>()

/** What every page of these needs. */
async function propsOf(c: Context) {
  const { account, tokenHash } = await sessionOf(c)
  const { passkeys, database, clock } = c.get('services')
  const all = await passkeys.ofAccount(database.db, account.id)
  const props = { site: c.get('site'), token: sessionFormToken(c, tokenHash), flash: takeFlash(c), now: clock.now() }
  return { account, all, props }
}

passkeyPages.get(paths.passkeys, loggedIn, async (c) => {
  const { account, all, props } = await propsOf(c)
  const { services } = c.var
  const bar = barred(services, account, all)?.kind
  const signals = services.passkeys.signalsFor(account, all)
  const afterPassword = await switchOf(c, account, all)
  return page(c, 200, <PasskeysPage {...props} {...{ bar, signals, afterPassword }} passkeys={all} />)
})

/** Undefined: it is off and may not be turned on. */
async function switchOf(c: Context, account: FoundSession['account'], all: Passkey[]) {
  const { services } = c.var
  if (account.asksPasskeySince === null) return mayAsk(services, account, all) ? { isOn: false as const } : undefined
  const { recoveryCodesLeft: left } = await services.secondFactors.ofAccount(services.database.db, account.id)
  return { isOn: true as const, left, all: recoveryCodesMade }
}

passkeyPages.get(paths.addPasskey, loggedIn, recentlyAuthenticated, async (c) => {
  const { account, all, props } = await propsOf(c)
  if (barred(c.get('services'), account, all)) return seeOther(c, paths.passkeys)
  return page(c, 200, <AddPage {...props} />)
})

passkeyPages.post(optionsOf(paths.addPasskey), loggedIn, recentlyAuthenticated, async (c) => {
  const { account, tokenHash } = await sessionOf(c)
  const { passkeys, database } = c.get('services')
  const existing = await passkeys.ofAccount(database.db, account.id)
  return json(c, 200, passkeys.askForNew(account, adding(tokenHash), existing))
})

const adding = (tokenHash: Buffer): PasskeyAsking => ({ ceremony: 'add', by: tokenHash })

passkeyPages.post(paths.addPasskey, loggedIn, recentlyAuthenticated, async (c) => {
  const form = readForm(c, AddPasskeyForm)
  if (form.kind === 'refused') return seeOther(c, paths.addPasskey, { notice: { code: 'passkey-not-added' } })
  const session = await sessionOf(c)
  const renewal = renewSession(c, session, [])
  const given = { answer: form.input.answer, asking: adding(session.tokenHash) }
  const outcome = await addPasskey(c.get('services'), await ownerOf(c), given, renewal)
  switch (outcome.kind) {
    case 'added': {
      logEvent(c, 'passkey.added', { account: session.account.id })
      if (outcome.renewed) renewal.open()
      const code = outcome.renewed ? 'first-passkey-added' : 'passkey-added'
      return seeOther(c, named(outcome.passkey), { notice: { code } })
    }
    case 'refused': {
      const { reason } = outcome
      logEvent(c, 'passkey.refused', { account: session.account.id, reason })
      const code = reason === 'algorithm' ? 'passkey-algorithm' : 'passkey-not-added'
      return seeOther(c, paths.addPasskey, { notice: { code } })
    }
    case 'exists':
      return seeOther(c, paths.passkeys, { notice: { code: 'passkey-exists' } })
    case 'unverified':
    case 'too-many':
      return seeOther(c, paths.passkeys)
    case 'logged-out':
      return loggedOut(c)
  }
})

/** The first guess at its name can be changed at once. */
const named = ({ id }: Passkey) => withPasskey(paths.renamePasskey, stringify(id))

passkeyPages.get(paths.renamePasskey, loggedIn, recentlyAuthenticated, async (c) => {
  const { all, props } = await propsOf(c)
  const passkey = wanted(all, c.req.query('passkey'))
  if (!passkey) return seeOther(c, paths.passkeys)
  return page(c, 200, <RenamePage {...props} passkey={passkey} />)
})

passkeyPages.post(paths.renamePasskey, loggedIn, recentlyAuthenticated, async (c) => {
  const form = readForm(c, RenamePasskeyForm)
  if (form.kind === 'refused') return refuse(c, { path: paths.renamePasskey, problems: form.problems, values: {} })
  const { passkey, passkey_name } = form.input
  const owner = await ownerOf(c)
  const outcome = await renamePasskey(c.get('services'), owner, bytesOf(passkey), passkey_name)
  switch (outcome.kind) {
    case 'renamed':
      logEvent(c, 'passkey.renamed', { account: owner.account.id })
      return seeOther(c, paths.passkeys, { notice: { code: 'passkey-renamed' } })
    case 'refused': {
      const path = withPasskey(paths.renamePasskey, passkey)
      return refuse(c, { path, problems: outcome.problems, values: { passkey_name } })
    }
    case 'missing':
      return seeOther(c, paths.passkeys)
    case 'logged-out':
      return loggedOut(c)
  }
})

passkeyPages.get(paths.removePasskey, loggedIn, recentlyAuthenticated, async (c) => {
  const { account, all, props } = await propsOf(c)
  const passkey = wanted(all, c.req.query('passkey'))
  if (!passkey) return seeOther(c, paths.passkeys)
  const turnsOff = all.length === 1 && account.asksPasskeySince !== null
  return page(c, 200, <RemovePage {...props} passkey={passkey} turnsOff={turnsOff} />)
})

passkeyPages.post(paths.removePasskey, loggedIn, recentlyAuthenticated, async (c) => {
  const form = readForm(c, RemovePasskeyForm)
  if (form.kind === 'refused') return seeOther(c, paths.passkeys)
  const owner = await ownerOf(c)
  const outcome = await removePasskey(c.get('services'), owner, bytesOf(form.input.passkey))
  switch (outcome.kind) {
    case 'removed':
      logEvent(c, 'passkey.removed', { account: owner.account.id })
      return seeOther(c, paths.passkeys, { notice: { code: 'passkey-removed' } })
    case 'last-way-in':
      return seeOther(c, paths.passkeys, { notice: { code: 'passkey-last-way-in' } })
    case 'missing':
      return seeOther(c, paths.passkeys)
    case 'logged-out':
      return loggedOut(c)
  }
})

function wanted(all: Passkey[], given: string | undefined): Passkey | undefined {
  const id = bytesOf(given ?? '')
  return all.find((one) => one.id.equals(id))
}

/** Of none, where it is no id. */
function bytesOf(id: string): Buffer {
  return validate(id) ? Buffer.from(parse(id)) : Buffer.alloc(0)
}
