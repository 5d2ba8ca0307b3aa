// Another spelling of a path is another page, or none; it is never the same page without its guard.
import { type Attack, eachOf, verdict } from '../attack.ts'

/** A connection error does not count as an answer. The account page is recognized by text that only its owner may see. */
const account = [
  '//account',
  '/./account',
  '/ACCOUNT',
  '/%61ccount',
  '/account/',
  '/account%2f',
  '/account;x',
  '/account;x=/login',
  '/account%00',
  '/account%0a',
  '/account%20',
  '/account.',
  '/account.json',
  '/account?x#/login',
  '/login/../account',
  '/login/%2e%2e/account',
  '/login/..;/account',
  '/assets/../account',
  '/assets/..%2faccount',
  '/%2faccount',
  '/\\account',
  '/account/password/',
  '/account%252fpassword',
]

const guarded: Attack = {
  name: 'path: the account page in other spellings',
  asvs: 'V8.2.1 V8.3.1 V1.1.1',
  sent: `${account.length} spellings such as //account, /%61ccount, /login/../account, as a visitor`,
  expected: '303 to the login page, 301 to the usual spelling, 404 or 400',
  run: (target) =>
    eachOf(account, async (path) => {
      const heard = await target.bytes(`GET ${path} HTTP/1.1\r\nHost: ${target.base.host}\r\nConnection: close\r\n\r\n`)
      const status = heard.statuses[0] ?? 0
      const isLogin = status === 303 && /\r\nlocation: \/login/i.test(heard.text)
      const isUsual = status === 301 && /\r\nlocation: \/account(?:\/\w+)*\r\n/i.test(heard.text)
      const isRefused = isLogin || isUsual || [400, 403, 404].includes(status)
      return verdict(heard.statuses.length === 1 && isRefused, String(status))
    }),
}

const login = [
  '//login',
  '/./login',
  '/LOGIN',
  '/%6cogin',
  '/login%2f',
  '/login/',
  '/login;x',
  '/account/../login',
  '/login%00',
  '/login?',
  '/*',
  '*',
  '/%',
  '/%zz',
  '/%ff',
  '/..%c0%af..%c0%afetc',
  `/${'../'.repeat(500)}login`,
]

const odd: Attack = {
  name: 'path: the login page in other spellings',
  asvs: 'V1.1.1 V2.2.1',
  sent: `${login.length} spellings such as //login, /%6cogin, /%zz, *`,
  expected: 'a page or a refusal, never a failure',
  run: (target) =>
    eachOf(login, async (path) => {
      const heard = await target.bytes(`GET ${path} HTTP/1.1\r\nHost: ${target.base.host}\r\nConnection: close\r\n\r\n`)
      const status = heard.statuses[0] ?? 0
      return verdict(heard.statuses.length === 1 && status >= 200 && status < 500, String(status))
    }),
}

const posted: Attack = {
  name: 'path: a form posted to other spellings',
  asvs: 'V3.5.1 V1.1.1',
  sent: 'log-out to //logout, /LOGOUT, /logout/, /%6cogout, /x/../logout, without a form token',
  expected: 'still logged in',
  async run(target) {
    const { cookie, email } = await target.account('eve')
    return eachOf(['//logout', '/LOGOUT', '/logout/', '/%6cogout', '/x/../logout', '/logout;x'], async (path) => {
      const head = `POST ${path} HTTP/1.1\r\nHost: ${target.base.host}\r\nConnection: close\r\nOrigin: ${target.base.origin}\r\n`
      const heard = await target.bytes(
        `${head}Cookie: ${cookie}\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: 3\r\n\r\na=b`,
      )
      const who = await target.whoIs(cookie)
      const status = heard.statuses[0] ?? 0
      return verdict(who === email && status < 500, `${status}, ${who === email ? 'still in' : 'logged out'}`)
    })
  },
}

const splitting: Attack = {
  name: 'path: a line break and a header in it',
  asvs: 'V1.2.1 V4.2.4',
  sent: '/%0d%0aX-Injected:1, /account?%0d%0aX-Injected:1, /login?return_to=/%0d%0aX-Injected:1',
  expected: 'no such header',
  run: (target) =>
    eachOf(
      [
        '/%0d%0aX-Injected:1',
        '/account?%0d%0aX-Injected:1',
        '/account/%0d%0aX-Injected:1',
        '/login?return_to=/%0d%0aX-Injected:1',
        '/account%E5%98%8D%E5%98%8AX-Injected:1',
      ],
      async (path) => {
        const { status, headers } = await target.get(path)
        return verdict(headers['x-injected'] === undefined && status < 500, String(status))
      },
    ),
}

export const paths: Attack[] = [guarded, odd, posted, splitting]
