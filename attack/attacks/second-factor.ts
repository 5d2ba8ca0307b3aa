// Someone knows the password, and wants in without the step behind it.
import { randomBytes } from 'node:crypto'
import { type Attack, eachOf, verdict } from '../attack.ts'
import {
  afterPassword,
  codeOf,
  cookieNamed,
  isIn,
  newProtected,
  programAfterPassword,
  sessionNameOf,
  spoken,
} from '../factors.ts'
import { press, resetting } from '../links.ts'
import { passphrase, someone } from '../people.ts'
import { sessionOf, type Target } from '../target.ts'

const skipped: Attack = {
  name: 'factor: the step skipped',
  asvs: 'V2.3.1 V6.3.3 V8.3.1',
  sent: 'after the right password: the pages of the account, the API, /login/continue by GET and POST, /two-factor/set-up',
  expected: 'no session, no page of the account',
  needsEmails: true,
  async run(target) {
    const ada = await newProtected(target)
    const browser = await afterPassword(ada)
    const pages = ['/account', '/account/two-factor', '/account/export', '/two-factor/set-up', '/login/continue']
    return eachOf([...pages, '/api/v1/session', '/api/v1/two-factor', '/api/v1/export'], async (path) => {
      const { status } = await browser.open(path)
      if (path === '/login/continue') await browser.post(path, {})
      const isInside = await isIn(ada, browser)
      return verdict([303, 401].includes(status) && !isInside, `${status}, ${spoken(isInside)}`)
    })
  },
}

const asSession: Attack = {
  name: 'factor: the log-in under way as a session',
  asvs: 'V7.2.1 V2.3.1',
  sent: 'its cookie’s value in the place of the session’s; its login_token as a bearer token',
  expected: 'a visitor',
  needsEmails: true,
  async run(target) {
    const ada = await newProtected(target)
    const browser = await afterPassword(ada)
    const [, value] = cookieNamed(browser, '-login')
    const session = sessionNameOf(ada.browser)
    const { loginToken, isHeld } = await programAfterPassword(ada)
    const tries = [
      { cookie: `${session}=${value}` },
      { cookie: `${session}=${loginToken}` },
      { authorization: `Bearer ${loginToken}` },
      { authorization: `Bearer ${value}` },
    ]
    return eachOf(tries, async (headers) => {
      const { status } = await ada.site.get('/api/v1/session', { ...headers, accept: 'application/json' })
      return verdict(status === 401 && isHeld, String(status))
    })
  },
}

const otherWay: Attack = {
  name: 'factor: a browser’s log-in under way at the API, and a program’s in a cookie',
  asvs: 'V2.3.1 V7.2.1',
  sent: 'with a right code: the cookie’s value as login_token, the login_token as the cookie',
  expected: 'no session',
  needsEmails: true,
  async run(target) {
    const ada = await newProtected(target)
    const browser = await afterPassword(ada)
    const [name, value] = cookieNamed(browser, '-login')
    const { loginToken, isHeld } = await programAfterPassword(ada)
    const asToken = await ada.site.json('/api/v1/two-factor', { login_token: value, code: codeOf(ada.key) })
    const planted = ada.site.browser()
    planted.cookies.set(name, loginToken)
    const { headers } = await planted.submit('/two-factor', { code: codeOf(ada.key) })
    const isInside = (await isIn(ada, planted)) || asToken.status === 200
    const isRefused = [401, 410].includes(asToken.status) && headers.location !== '/account'
    return verdict(isHeld && isRefused && !isInside, `${asToken.status}, ${spoken(isInside)}`)
  },
}

const mixed: Attack = {
  name: 'factor: the log-ins of two accounts in one browser',
  asvs: 'V2.3.1 V8.2.2',
  sent: 'Eve’s log-in and Ada’s, their cookies side by side and exchanged; then Eve’s code',
  expected: 'never a session of Ada',
  needsEmails: true,
  async run(target) {
    const [ada, eve] = [await newProtected(target), await newProtected(target)]
    const own = await afterPassword(eve)
    const [name, value] = cookieNamed(own, '-login')
    const browser = await afterPassword(ada)
    const [, adas] = cookieNamed(browser, '-login')
    const cookies = [
      `${name}=${value}; ${name}=${adas}`,
      `${name}=${adas}; ${name}=${value}`,
      `${name}=${value}.${adas}`,
    ]
    return eachOf(cookies, async (cookie) => {
      for (const { token } of [own, browser]) {
        const body = { form_token: token, code: codeOf(eve.key) }
        const answer = await own.post('/two-factor', body, { cookie })
        const given = sessionOf(answer)
        if (given && (await ada.site.whoIs(given)) === ada.email) return verdict(false, 'Ada’s session')
      }
      const who = await ada.site.whoIs(browser.cookie)
      return verdict(who === undefined, who === undefined ? 'not Ada’s' : 'Ada’s session')
    })
  },
}

const claimed: Attack = {
  name: 'factor: claimed by the client',
  asvs: 'V15.3.3 V2.2.2',
  sent: 'a log-in with mfa, methods, trusted, second_factor and step as fields, headers and cookies',
  expected: '403 second-factor-required',
  needsEmails: true,
  async run(target) {
    const ada = await newProtected(target)
    const { email, password } = ada
    const claims = { mfa: true, methods: ['pwd', 'otp', 'mfa'], trusted: true, trust: true, second_factor: 'passed' }
    const tries = [
      { body: claims },
      { body: { step: 'passed', amr: 'mfa', factor_version: 0, has_second_factor: false } },
      { headers: { 'x-mfa': 'true', 'remote-amr': 'mfa', 'x-forwarded-user': email } },
      { headers: { cookie: 'gatelodge-trust=1; mfa=1; trusted=true' } },
    ]
    return eachOf(tries, async ({ body = {}, headers = {} }) => {
      const answer = await ada.site.json(
        '/api/v1/login',
        { email, password, ...body },
        headers as Record<string, string>,
      )
      const isSafe = answer.status === 403 && answer.body.includes('second-factor-required') && !sessionOf(answer)
      return verdict(isSafe, String(answer.status))
    })
  },
}

const byReading: Attack = {
  name: 'factor: the code in the URL, and other methods',
  asvs: 'V4.1.4 V14.2.1',
  sent: 'a right code in the query of GET, HEAD and PUT /two-factor, with X-HTTP-Method-Override; login_token in the query',
  expected: 'no session',
  needsEmails: true,
  async run(target) {
    const ada = await newProtected(target)
    const browser = await afterPassword(ada)
    const { loginToken, isHeld } = await programAfterPassword(ada)
    const query = new URLSearchParams({ code: codeOf(ada.key), form_token: browser.token, _method: 'POST' })
    const headers = { cookie: browser.cookie, 'x-http-method-override': 'POST', origin: ada.site.base.origin }
    for (const method of ['GET', 'HEAD', 'PUT', 'PATCH', 'DELETE'])
      await ada.site.ask({ method, path: `/two-factor?${query}`, headers })
    const asked = await ada.site.json(`/api/v1/two-factor?login_token=${loginToken}`, { code: codeOf(ada.key) })
    const isInside = (await isIn(ada, browser)) || asked.status === 200
    return verdict(isHeld && !isInside, `${asked.status}, ${spoken(isInside)}`)
  },
}

const byReset: Attack = {
  name: 'factor: past it by a new password',
  asvs: 'V6.4.3 V6.3.4',
  sent: 'a reset by email, and a log-in with the new password',
  expected: 'the code is asked',
  needsEmails: true,
  async run(target) {
    const ada = await newProtected(target)
    const browser = ada.site.browser()
    await press(browser, resetting, await resetting.ask(ada), resetting.fields(ada))
    const early = await isIn(ada, browser)
    await afterPassword({ ...ada, password: ada.fresh }, {}, browser)
    const isInside = early || (await isIn(ada, browser))
    return verdict(!isInside, spoken(isInside))
  },
}

const plantedSession: Attack = {
  name: 'factor: a session planted before the step',
  asvs: 'V7.2.4 V7.6.2',
  sent: 'a session cookie and a login cookie that someone else knows, before the password and again before the code',
  expected: 'new ones; the planted ones open nothing',
  needsEmails: true,
  async run(target) {
    const ada = await newProtected(target)
    const session = sessionNameOf(ada.browser)
    const planted = randomBytes(32).toString('base64url')
    const browser = ada.site.browser()
    const login = session.replace('gatelodge', 'gatelodge-login')
    for (const name of [session, login]) browser.cookies.set(name, planted)
    await afterPassword(ada, {}, browser)
    browser.cookies.set(session, planted)
    await browser.open('/two-factor')
    await browser.post('/two-factor', { code: codeOf(ada.key) })
    const who = await ada.site.whoIs(`${session}=${planted}`)
    const given = browser.cookies.get(session)
    const isSafe = who === undefined && given !== planted && browser.cookies.get(login) !== planted
    return verdict(isSafe && (await isIn(ada, browser)), isSafe ? 'new ones' : 'the planted one is logged in')
  },
}

/** The answer without its random parts and without the address: it must be the same for every address. */
async function refusalTo(site: Target, email: string): Promise<string> {
  const answer = await site.json('/api/v1/login', { email, password: passphrase() })
  return JSON.stringify([answer.status, answer.body.replaceAll(email, ''), answer.cookies.length])
}

const whoHasOne: Attack = {
  name: 'factor: who has one',
  asvs: 'V6.3.8',
  sent: 'a wrong password for an account with an app, for one without, and for no account',
  expected: 'the same answer',
  needsEmails: true,
  async run(target) {
    const ada = await newProtected(target)
    const plain = await target.elsewhere().register()
    const [first, ...others] = [
      await refusalTo(target.elsewhere(), ada.email),
      await refusalTo(target.elsewhere(), plain.email),
      await refusalTo(target.elsewhere(), someone().email),
    ]
    const isSame = others.every((other) => other === first)
    return verdict(isSame, isSame ? 'alike' : 'told apart')
  },
}

export const secondFactor: Attack[] = [
  ...[skipped, asSession, otherWay, mixed, claimed, byReading, byReset, plantedSession, whoHasOne],
]
