// Pages of one person are kept by nobody on the way and shown in no other site's page.
import { type Attack, eachOf, verdict } from '../attack.ts'
import type { Answer } from '../http.ts'

const isKept = ({ headers }: Answer) => !/\bno-store\b/.test(headers['cache-control'] ?? '')

const deception: Attack = {
  name: 'cache: the account page under a file’s name',
  asvs: 'V14.2.5 V14.2.2',
  sent: '/account/x.css, /account;.js, /account%2fa.png, /account?x.css, /account/..%2fx.css … with a session',
  expected: '404, or no-store',
  async run(target) {
    const { cookie, email } = await target.account('ada')
    const paths = [
      '/account/x.css',
      '/account;.js',
      '/account%2fa.png',
      '/account?x.css',
      '/account%3fx.css',
      '/account%23x.css',
      '/account/..%2fx.css',
      '/assets/..%2faccount',
      '/account.css',
      '/account%00.css',
    ]
    return eachOf(paths, async (path) => {
      const answer = await target.get(path, { cookie })
      const isSafe = answer.body.includes(email) ? !isKept(answer) : answer.status >= 300 && isKept(answer) === false
      return verdict(isSafe, `${answer.status} ${answer.headers['cache-control'] ?? 'without cache-control'}`)
    })
  },
}

const stored: Attack = {
  name: 'cache: pages with a session, a token or a cookie',
  asvs: 'V14.3.2 V14.2.2',
  sent: 'GET /, /account, /account/password, /login, /register, /logout, JSON too',
  expected: 'no-store on each',
  async run(target) {
    const { cookie } = await target.account('ada')
    const paths = ['/', '/account', '/account/password', '/logout', '/login', '/register']
    const asks = paths.flatMap((path) =>
      [{}, { cookie }, { cookie, accept: 'application/json' }].map((headers) => ({ path, headers })),
    )
    return eachOf(asks, async ({ path, headers }) => {
      const answer = await target.get(path, headers)
      return verdict(!isKept(answer), answer.headers['cache-control'] ?? 'without cache-control')
    })
  },
}

const embedded: Attack = {
  name: 'embedding: the account page as a script or an image',
  asvs: 'V3.2.1 V3.5.8',
  sent: 'GET /account with Sec-Fetch-Dest: script, image, style, object, font, worker, with a session',
  expected: '403',
  async run(target) {
    const { cookie, email } = await target.account('ada')
    const asks = ['script', 'image', 'style', 'object', 'embed', 'font', 'audio', 'worker'].flatMap((dest) => [
      { cookie, 'sec-fetch-dest': dest, 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'no-cors' },
      { cookie, 'sec-fetch-dest': dest, accept: 'application/json' },
    ])
    return eachOf(asks, async (headers) => {
      const { status, body } = await target.get('/account', headers)
      return verdict(status === 403 && !body.includes(email), String(status))
    })
  },
}

const jsonp: Attack = {
  name: 'embedding: ?callback=x',
  asvs: 'V3.5.6 V3.2.1',
  sent: 'GET /account?callback=x&jsonp=x&cb=x with a session, as JSON and as a script',
  expected: 'no call around the data',
  async run(target) {
    const { cookie } = await target.account('ada')
    return eachOf(['application/json', 'text/javascript', '*/*'], async (accept) => {
      const { status, headers, body } = await target.get('/account?callback=x&jsonp=x&cb=x', { cookie, accept })
      const isCall = /^\W*(x|\/\*\*\/ ?x)\s*\(/.test(body) || /javascript/.test(headers['content-type'] ?? '')
      return verdict(
        !isCall && headers['x-content-type-options'] === 'nosniff',
        `${status} ${headers['content-type'] ?? ''}`,
      )
    })
  },
}

const scripts: Attack = {
  name: 'embedding: scripts that tell who is logged in',
  asvs: 'V3.5.7',
  sent: 'each file of the login page with a session and without',
  expected: 'the same bytes, no cookie',
  async run(target) {
    const { cookie } = await target.account('ada')
    const { body } = await target.get('/login')
    const files = [...body.matchAll(/(?:src|href)="(\/[^"]+\.(?:js|css|svg))"/g)].map((match) => match[1] ?? '')
    if (files.length === 0) return verdict(false, 'the login page names no file')
    return eachOf(files, async (file) => {
      const [mine, anybodys] = [await target.get(file, { cookie }), await target.get(file)]
      const isSame = mine.body === anybodys.body && mine.cookies.length + anybodys.cookies.length === 0
      return verdict(mine.status === 200 && isSame, isSame ? 'the same' : 'different')
    })
  },
}

const health: Attack = {
  name: 'health: more than a word',
  asvs: 'V13.4.5 V13.4.6',
  sent: 'GET /health/alive and /health/ready',
  expected: 'one word',
  run: (target) =>
    eachOf(['/health/alive', '/health/ready'], async (path) => {
      const { status, body } = await target.get(path)
      return verdict(status === 200 && /^[a-z ]{1,10}\n?$/.test(body), body.trim().slice(0, 30))
    }),
}

export const privacy: Attack[] = [deception, stored, embedded, jsonp, scripts, health]
