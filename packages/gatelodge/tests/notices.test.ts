// A notice adds something to the page on which it stands: it repeats neither the heading nor any other sentence there.
import { expect, it } from 'vitest'
import { paths } from '../src/paths.ts'
import type { Notice } from '../src/web/forms/visitor-cookie.ts'
import { someAdministrator } from './support/administrators.ts'
import { onSqlite } from './support/databases.ts'
import { accountOf } from './support/groups.ts'
import { type TestApp, useApp } from './support/make-app.ts'
import { someoneWithPasskey } from './support/passkeys.ts'
import { repetitions } from './support/repetitions.ts'
import { someoneWithApp } from './support/second-factor.ts'
import { type Page, textOf, type Visitor } from './support/visitor.ts'

type Place = (app: TestApp) => Promise<Visitor>

const cookie = 'gatelodge-visitor'

/** Gives the notice to a browser, beside what it carries. */
function leave({ services, clock }: TestApp, browser: Visitor, notice: Notice): void {
  const carried = JSON.parse(services.sealing.open('visit cookie', browser.cookies.get(cookie) ?? '') ?? '{}')
  const text = JSON.stringify({ ...carried, since: clock.now(), flash: { notice } })
  browser.cookies.set(cookie, services.sealing.seal('visit cookie', text))
}

const runsSite: Place = async (app) => (await someAdministrator(app)).browser

const visitor: Place = async (app) => app.visitor()

const member: Place = async (app) => {
  const browser = app.visitor()
  await browser.register()
  return browser
}

const withApp: Place = async (app) => (await someoneWithApp(app)).browser

const withPasskey: Place = async (app) => (await someoneWithPasskey(app)).browser

const askedForPasskey: Place = async (app) => {
  const { browser, person } = await someoneWithPasskey(app)
  const { id } = await accountOf(app, person)
  await app.services.secondFactors.askForPasskey(app.services.database.db, id)
  return browser
}

const waiting: Place = async (app) => {
  const browser = await member(app)
  await browser.open(paths.changeEmail)
  await browser.submit({ new_email: 'another@example.org' })
  return browser
}

const asked: Place = async (app) => {
  const browser = app.visitor()
  await browser.open(paths.forgotPassword)
  await browser.submit({ email: 'ada@example.org' })
  return browser
}

const atLogin = [[visitor, paths.login]] as const
const atAccount = [
  [member, paths.account],
  [withApp, paths.account],
] as const
const atPasskeys = [[withApp, paths.passkeys]] as const
const atForms = [
  [member, paths.changePassword],
  [waiting, paths.changeEmail],
  [withApp, paths.twoFactorSettings],
] as const

const atConnections = [[member, paths.connections]] as const

/** Where each notice is shown. */
const shown: Record<Notice['code'], readonly (readonly [Place, string])[]> = {
  'account-exists': atAccount,
  welcome: atAccount,
  'invitation-accepted': atAccount,
  'invitation-sent': [[runsSite, paths.consoleInvitations]],
  'invitation-revoked': [[runsSite, paths.consoleInvitations]],
  'logged-out': atLogin,
  'login-required': atLogin,
  'administrator-added': atLogin,
  'last-administrator': [[member, paths.deleteAccount]],
  'too-many-groups': atAccount,
  'act-done': [[runsSite, paths.consoleAccounts]],
  'act-refused': [[runsSite, paths.consoleAccounts]],
  'confirm-first': [
    [member, paths.reauthenticate],
    [withApp, paths.reauthenticate],
  ],
  'login-over': atLogin,
  'login-cancelled': atLogin,
  'ended-elsewhere': atLogin,
  'ended-password-changed': atLogin,
  'ended-password-reset': atLogin,
  'ended-address-confirmed': atLogin,
  'ended-address-changed': atLogin,
  'ended-account-deletion-scheduled': atLogin,
  'ended-timed-out': atLogin,
  'ended-administrator-changed': atLogin,
  'ended-factor-changed': atLogin,
  'password-changed': atAccount,
  'password-added': atAccount,
  'sent-again': [
    [member, paths.verifyEmail],
    [waiting, paths.changeEmail],
  ],
  'asked-again': [[asked, paths.forgotPasswordSent]],
  'address-verified': atAccount,
  'address-verified-log-in': atLogin,
  'password-reset': atLogin,
  'name-changed': atAccount,
  'email-change-cancelled': atAccount,
  'email-changed': atAccount,
  'email-change-undone': [[visitor, paths.forgotPassword]],
  'device-ended': [[member, paths.devices]],
  'devices-ended': [[member, paths.devices]],
  // The heading of the page says it, and no notice does.
  'account-deletion-scheduled': [[visitor, paths.accountDeletion]],
  'account-deleted': [[visitor, paths.accountDeletion]],
  'account-restored': atLogin,
  'two-factor-added': [[withApp, paths.recoveryCodes]],
  'two-factor-removed': atAccount,
  'two-factor-app-removed': atAccount,
  'recovery-codes-renewed': [[withApp, paths.recoveryCodes]],
  'recovery-codes-few': atAccount,
  'trusted-device-removed': [[withApp, paths.devices]],
  'second-factor-first': [
    [member, paths.twoFactorSettings],
    [withApp, paths.reauthenticate],
  ],
  'too-many-codes': atLogin,
  'send-again': atForms,
  'other-link': [[visitor, paths.forgotPassword], ...atForms],
  'address-mended': [[visitor, paths.register]],
  'ended-by-site': atLogin,
  'connection-cancelled': atLogin,
  'connection-away': atLogin,
  'connection-wrong': atLogin,
  'connection-over': atLogin,
  'connection-not-allowed': atLogin,
  'connection-refused': atLogin,
  'connection-log-in-first': atLogin,
  'connection-closed': atLogin,
  'connection-no-address': atLogin,
  'connection-unproved': atLogin,
  'connection-added': atConnections,
  'connection-exists': atConnections,
  'connection-removed': atConnections,
  'connection-last-way-in': atConnections,
  'connection-other': [[member, paths.reauthenticate]],
  'passkey-refused': atLogin,
  'passkey-unknown': atLogin,
  'passkey-not-added': [[withApp, paths.addPasskey]],
  'passkey-not-made': [[visitor, paths.forgotPassword]],
  'passkey-algorithm': [[withApp, paths.addPasskey]],
  'passkey-exists': atPasskeys,
  'passkey-last-way-in': atPasskeys,
  'passkey-added': atPasskeys,
  'first-passkey-added': atPasskeys,
  'passkey-renamed': atPasskeys,
  'passkey-removed': atPasskeys,
  'passkey-choice-saved': [
    [withPasskey, paths.passkeys],
    [askedForPasskey, paths.passkeys],
  ],
  'first-passkey-asked': [[withApp, paths.recoveryCodes]],
}

const sayNothing = ['account-deletion-scheduled', 'account-deleted']

/** The heading, then every paragraph, item and smaller heading; what an account has done is data. */
function textsOf({ heading, html }: Page): string[] {
  const main = html.replace(/<div class="flash.*?<\/div>|<ul class="events".*?<\/ul>/gs, '')
  return [heading, ...[...main.matchAll(/<(p|li|h2)\b[^>]*>(.*?)<\/\1>/gs)].map(([, , text = '']) => textOf(text))]
}

onSqlite('A notice repeats nothing', (database) => {
  const app = useApp(database)

  it.each(Object.entries(shown))('%s', async (code, places) => {
    for (const [place, path] of places) {
      const browser = await place(app())
      leave(app(), browser, { code: code as Notice['code'], email: 'ada@example.org' })
      const page = await browser.open(path)
      expect(page).toMatchObject({ path, status: 200 })
      expect(page.notice === undefined, page.notice).toBe(sayNothing.includes(code))
      expect(repetitions(page.notice ?? '', textsOf(page)), path).toEqual([])
    }
  })
})

it('finds what stands there twice', () => {
  expect(repetitions('Your account was deleted.', ['Account deleted'])).toHaveLength(2)
  expect(repetitions('We sent a link to a@b.c.', ['Change', 'We sent a link to a@b.c. Open it.'])).toHaveLength(1)
  expect(repetitions('Your account is ready.', ['Hello, Ada', 'This is your account.'])).toEqual([])
})
