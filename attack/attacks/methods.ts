// Reading changes nothing; what is not GET, HEAD or POST is not taken, and nothing turns one into another.
import { type Attack, eachOf, verdict } from '../attack.ts'
import { someone } from '../people.ts'
import { sessionOf } from '../target.ts'

const reading: Attack = {
  name: 'method: GET and HEAD of /logout',
  asvs: 'V3.5.3',
  sent: 'GET, HEAD and GET with a method override and the form token',
  expected: 'still logged in',
  async run(target) {
    const eve = await target.account('eve')
    const browser = target.browser().as(eve)
    await browser.open('/account')
    const override = { 'x-http-method-override': 'POST', 'x-method-override': 'POST', 'x-http-method': 'POST' }
    const query = `/logout?_method=POST&form_token=${browser.token}`
    const asks = [
      { method: 'GET', path: '/logout' },
      { method: 'HEAD', path: '/logout' },
      { method: 'GET', path: query, headers: override },
    ]
    return eachOf(asks, async (ask) => {
      const headers = { cookie: eve.cookie, origin: target.base.origin, ...ask.headers }
      const { status } = await target.ask({ ...ask, headers })
      const who = await target.whoIs(eve.cookie)
      return verdict(who === eve.email, `${status}, ${who === eve.email ? 'still in' : 'logged out'}`)
    })
  },
}

const inQuery: Attack = {
  name: 'method: log-in, registration and new password by GET',
  asvs: 'V3.5.3 V14.2.1',
  sent: 'GET with all fields in the query, with and without a method override',
  expected: 'no session, nothing changed',
  async run(target) {
    const { email, password, cookie } = await target.account('eve')
    const login = `/login?${new URLSearchParams({ email, password })}`
    const register = `/register?${new URLSearchParams({ ...someone() })}`
    const change = `/account/password?${new URLSearchParams({ current_password: password, new_password: someone().password })}`
    return eachOf([login, register, change], async (path) => {
      const headers = { 'x-http-method-override': 'POST', origin: target.base.origin }
      const own = path === change ? { cookie } : {}
      const answers = [await target.get(path, own), await target.get(`${path}&_method=POST`, { ...headers, ...own })]
      const isIn = answers.some((answer) => !!sessionOf(answer)) || (await target.whoIs(cookie)) !== email
      return verdict(!isIn, answers.map(({ status }) => status).join(' '))
    })
  },
}

const doorsInQuery: Attack = {
  name: 'method: a new name, a new address and a account deletion by GET',
  asvs: 'V3.5.3 V14.2.1',
  sent: 'GET with all fields in the query, with and without a method override, logged in',
  expected: 'nothing changed',
  async run(target) {
    const { cookie, email, password, name } = await target.account('eve')
    const next = someone().email
    const doors: [string, Record<string, string>][] = [
      ['/account/profile', { name: 'Eve by GET' }],
      ['/account/email', { new_email: next }],
      ['/account/delete', { current_password: password }],
      ['/reauthenticate', { current_password: password }],
    ]
    return eachOf(doors, async ([path, fields]) => {
      const query = `${path}?${new URLSearchParams({ ...fields, _method: 'POST' })}`
      const { status } = await target.get(query, { cookie })
      await target.get(query, { cookie, 'x-http-method-override': 'POST', origin: target.base.origin })
      const { body } = await target.get('/api/v1/export', { cookie })
      const isSame = body.includes(email) && body.includes(name) && !body.includes(next)
      return verdict(isSame, `${status}, ${isSame ? 'as before' : 'changed'}`)
    })
  },
}

const unknown: Attack = {
  name: 'method: TRACE, PUT, PATCH, DELETE, OPTIONS, PROPFIND',
  asvs: 'V4.1.4 V13.4.4',
  sent: 'each on /login and /account with a session and a canary header',
  expected: '405 or 404, without the canary',
  async run(target) {
    const { cookie } = await target.account('eve')
    const asks = ['TRACE', 'PUT', 'PATCH', 'DELETE', 'OPTIONS', 'PROPFIND'].flatMap((method) => [
      { method, path: '/login' },
      { method, path: '/account' },
    ])
    return eachOf(asks, async (ask) => {
      const { status, body } = await target.ask({ ...ask, headers: { cookie, 'x-canary': 'coal-mine' } })
      return verdict([404, 405, 501].includes(status) && !body.includes('coal-mine'), String(status))
    })
  },
}

const madeUp: Attack = {
  name: 'method: FOO, CONNECT, get, and a very long one',
  asvs: 'V4.1.4',
  sent: 'each on a bare connection',
  expected: '400, 405 or 501',
  run: (target) =>
    eachOf(['FOO', 'CONNECT', 'get', 'G'.repeat(5_000)], async (method) => {
      const { statuses } = await target.bytes(
        `${method} /login HTTP/1.1\r\nHost: ${target.base.host}\r\nConnection: close\r\n\r\n`,
      )
      const status = statuses[0] ?? 0
      return verdict(
        statuses.length <= 1 && [0, 400, 404, 405, 431, 501].includes(status),
        status ? String(status) : 'closed',
      )
    }),
}

const override: Attack = {
  name: 'method: a POST that claims to be another',
  asvs: 'V4.1.4',
  sent: 'POST /account with _method=GET and X-HTTP-Method-Override: GET, with a session',
  expected: '405, 404 or 403',
  async run(target) {
    const { cookie } = await target.account('eve')
    const headers = {
      cookie,
      origin: target.base.origin,
      'x-http-method-override': 'GET',
      'content-type': 'application/x-www-form-urlencoded',
    }
    const { status } = await target.ask({
      method: 'POST',
      path: '/account?_method=GET',
      body: '_method=GET',
      headers,
    })
    return verdict([403, 404, 405].includes(status), String(status))
  },
}

export const methods: Attack[] = [reading, inQuery, doorsInQuery, unknown, madeUp, override]
