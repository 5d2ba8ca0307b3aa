// A person with an authenticator app: enrolled by HTTP, with the key that the app holds.
import { Secret } from 'otpauth'
import { codeAt, stepAt } from '../../src/identity/second-factors/totp.ts'
import { seconds } from '../../src/time.ts'
import type { TestApp } from './make-app.ts'
import { type Fields, textOf, type Visitor } from './visitor.ts'

export interface Protected {
  browser: Visitor
  person: Fields
  key: string
  codes: string[]
}

/** The code that an app shows, so many steps of 30 seconds away from now. */
export function shown({ clock }: Pick<TestApp, 'clock'>, key: string, away = 0): string {
  return codeAt(Buffer.from(Secret.fromBase32(key).buffer), stepAt(clock.now()) + away)
}

/** The key as it stands on the page. */
export const keyOn = ({ html }: { html: string }) =>
  (/<p class="code"[^>]*>([A-Z2-7 ]+)</.exec(html)?.[1] ?? '').replaceAll(' ', '')

export const codesOn = ({ html }: { html: string }) =>
  [...html.matchAll(/<li>((?:[a-z2-7]{4}-){3}[a-z2-7]{4})<\/li>/g)].map((match) => textOf(match[1] ?? ''))

export async function verify({ services }: TestApp, { email = '' }: Fields): Promise<void> {
  const { accounts, database, clock } = services
  const account = await accounts.findByAddress(database.db, { given: email, normalised: email })
  if (account) await accounts.setVerified(database.db, account.id, clock.now())
}

/** Sets up an app in this browser, and moves the clock so that the next code is a new one. */
export async function enrol(app: TestApp, browser: Visitor): Promise<Pick<Protected, 'key' | 'codes'>> {
  await browser.open('/account/two-factor')
  const key = keyOn(browser.page)
  await browser.submit({ code: shown(app, key) })
  const codes = codesOn(browser.page)
  if (codes.length !== 10)
    throw new Error(`no recovery codes on ${browser.page.path}: ${browser.page.summary.join(', ')}`)
  app.clock.pass(seconds(30))
  return { key, codes }
}

export async function someoneWithApp(app: TestApp): Promise<Protected> {
  const browser = app.visitor()
  const person = await browser.register()
  await verify(app, person)
  return { browser, person, ...(await enrol(app, browser)) }
}
