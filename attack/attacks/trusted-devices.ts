// A device that is trusted, in other hands or after a change.
import { randomBytes } from 'node:crypto'
import { type Attack, eachOf, verdict } from '../attack.ts'
import type { Browser } from '../browser.ts'
import {
  afterPassword,
  codeOf,
  cookieNamed,
  hasApp,
  isIn,
  keyOn,
  newProtected,
  type Protected,
  programAfterPassword,
  sessionNameOf,
  setupOn,
  trust,
} from '../factors.ts'

async function asksStill(owner: Protected, browser: Browser, password = owner.password): Promise<boolean> {
  await afterPassword({ ...owner, password }, {}, browser)
  return !(await isIn(owner, browser))
}

const trustMadeUp: Attack = {
  name: 'factor: a trusted device that nobody trusted',
  asvs: 'V7.2.1 V6.3.3',
  sent: 'the right password with made-up trust cookies: random, four of them, empty, with a dot, 10 kB',
  expected: 'the code is asked',
  needsEmails: true,
  async run(target) {
    const ada = await newProtected(target)
    const name = sessionNameOf(ada.browser).replace('gatelodge', 'gatelodge-trust')
    const token = () => randomBytes(32).toString('base64url')
    const values = [token(), [token(), token(), token(), token()].join('.'), '', '.', 'A'.repeat(10_000), 'null']
    return eachOf(values, async (value) => {
      const browser = ada.site.browser()
      browser.cookies.set(name, value)
      const asks = await asksStill(ada, browser)
      return verdict(asks, asks ? 'asked' : 'not asked')
    })
  },
}

const trustOfOthers: Attack = {
  name: 'factor: the trusted device of another account',
  asvs: 'V8.2.2 V6.3.3',
  sent: 'Ada’s password in the browser that Eve trusts; its trust cookie in the place of a session and of a log-in under way',
  expected: 'the code is asked, a visitor',
  needsEmails: true,
  async run(target) {
    const [ada, eve] = [await newProtected(target), await newProtected(target)]
    const browser = await trust(eve)
    const [, value] = cookieNamed(browser, '-trust')
    const session = sessionNameOf(ada.browser)
    const login = session.replace('gatelodge', 'gatelodge-login')
    const who = await ada.site.whoIs(`${session}=${value}; ${login}=${value}`)
    await browser.post('/logout', {})
    browser.cookies.delete(session)
    const asks = await asksStill(ada, browser)
    return verdict(asks && who === undefined, asks ? 'asked' : 'not asked')
  },
}

const trustAfter: Attack = {
  name: 'factor: a trusted device after a change',
  asvs: 'V6.5.6 V7.4.3 V6.3.3',
  sent: 'the trust cookie, and the right password, after a new password and after the app was set up once more',
  expected: 'the code is asked',
  needsEmails: true,
  async run(target) {
    const [ada, eve] = [await newProtected(target), await newProtected(target)]
    const [adas, eves] = [await trust(ada), await trust(eve)]
    const change = { current_password: ada.password, new_password: ada.fresh }
    await ada.browser.submit('/account/password', change)
    await eve.browser.submit('/account/two-factor', { remove: 'yes' })
    const page = await eve.browser.open('/account/two-factor')
    await eve.browser.post('/account/two-factor', { setup: setupOn(page), code: codeOf(keyOn(page)) })
    for (const browser of [adas, eves]) browser.cookies.delete(sessionNameOf(browser))
    const asked = [await asksStill(ada, adas, ada.fresh), await asksStill(eve, eves)]
    return verdict(asked.every(Boolean), asked.map((asks) => (asks ? 'asked' : 'not asked')).join(', '))
  },
}

const trustedProgram: Attack = {
  name: 'factor: a program that trusts itself',
  asvs: 'V6.3.3 V2.3.1',
  sent: 'a recovery code with trust: true for a bearer token, then the password with all cookies that came',
  expected: 'no trust cookie, the code is asked',
  needsEmails: true,
  async run(target) {
    const ada = await newProtected(target)
    const { loginToken, isHeld } = await programAfterPassword(ada)
    const answer = { login_token: loginToken, recovery_code: ada.codes[0] ?? '', trust: true }
    const { status, cookies } = await ada.site.json('/api/v1/two-factor', answer)
    const isSafe = isHeld && status === 200 && !cookies.some((line) => line.includes('trust'))
    return verdict(isSafe, `${status}, ${cookies.length} cookies`)
  },
}

const trustedRemoves: Attack = {
  name: 'factor: taken off with the password alone, on a trusted device',
  asvs: 'V7.5.1 V6.4.4',
  sent: 'in a session of a trusted device: removal, new recovery codes, a new password, each after the password at /reauthenticate',
  expected: 'a code is asked first, the app is still there',
  needsEmails: true,
  async run(target) {
    const ada = await newProtected(target)
    const browser = await trust(ada)
    browser.cookies.delete(sessionNameOf(browser))
    await afterPassword(ada, {}, browser)
    const headers = { cookie: browser.cookie }
    await browser.submit('/reauthenticate', { current_password: ada.password })
    await ada.site.json('/api/v1/password/confirm', { current_password: ada.password }, headers)
    await browser.submit('/account/two-factor', { remove: 'yes' })
    const removed = await ada.site.json('/api/v1/two-factor/remove', {}, { cookie: browser.cookie })
    const renewed = await ada.site.json('/api/v1/recovery-codes', {}, { cookie: browser.cookie })
    const change = { current_password: ada.password, new_password: ada.fresh }
    const changed = await ada.site.json('/api/v1/password', change, { cookie: browser.cookie })
    const statuses = [removed, renewed, changed].map(({ status }) => status)
    return verdict((await hasApp(ada)) && statuses.every((status) => status === 403), statuses.join(' '))
  },
}

export const trustedDevices: Attack[] = [trustMadeUp, trustOfOthers, trustAfter, trustedProgram, trustedRemoves]
