// Error pages are in plain words and show no internal details. Oversized requests break nothing.
import { type Attack, eachOf, verdict } from '../attack.ts'
import type { Ask } from '../http.ts'
import type { Target } from '../target.ts'

const inner =
  /\bat \S+ ?\(?[^)]*:\d+:\d+|node_modules|\.(?:ts|tsx|mjs|js):\d+|\/dist\/|stack"|ECONN|SQLITE_|ER_[A-Z]+_|Unexpected token|in JSON at|ZodError|TypeError|SyntaxError|select .* from |insert into/i

const badAsks = (target: Target): Ask[] => {
  const json = { 'content-type': 'application/json', origin: target.base.origin }
  const bodies = [
    '{',
    '[]',
    'null',
    '"',
    '{"email":{}}',
    '{"email":1e999}',
    '{"email":"\\ud800","password":"\\u0000"}',
    '{"email":"a","password":',
    '\ufeff{}',
  ]
  const posts = [
    '/login',
    '/api/v1/login',
    '/api/v1/register',
    '/api/v1/logout',
    '/api/v1/password',
    '/nothing',
  ].flatMap((path) =>
    bodies.flatMap((body) => [
      { method: 'POST', path, body, headers: { ...json, accept: 'application/json' } },
      { method: 'POST', path, body, headers: json },
    ]),
  )
  // A right form would be a log-in; none of these is one.
  return [
    ...posts.filter(({ path, body }) => path !== '/api/v1/logout' || body !== 'null'),
    { path: '/%E0%A4%A' },
    { path: '/nothing', headers: { accept: 'application/json' } },
    { path: '/assets/%' },
    { path: '/login?return_to=%' },
    { method: 'PUT', path: '/login' },
  ]
}

const details: Attack = {
  name: 'errors: what lies behind them',
  asvs: 'V16.5.1 V13.4.2 V13.4.6',
  sent: 'broken JSON, wrong types and broken escapes on every route',
  expected: 'plain words: no stack, no file, no SQL, no parser’s sentence',
  run: (target) =>
    eachOf(badAsks(target), async (ask) => {
      const { status, body } = await target.ask(ask)
      return verdict(status < 500 && !inner.test(body), inner.exec(body)?.[0] ?? String(status))
    }),
}

const longUrl: Attack = {
  name: 'errors: an over-long URL',
  asvs: 'V4.2.5',
  sent: 'paths and queries of 15 kB and 100 kB',
  expected: 'a page or 4xx; afterwards the site answers',
  run: (target) =>
    eachOf(
      [
        `/${'a'.repeat(15_000)}`,
        `/login?return_to=/${'a'.repeat(14_000)}`,
        `/${'a'.repeat(100_000)}`,
        `/account?${'a=b&'.repeat(3_500)}`,
      ],
      async (path) => {
        const heard = await target.bytes(
          `GET ${path} HTTP/1.1\r\nHost: ${target.base.host}\r\nConnection: close\r\n\r\n`,
        )
        const status = heard.statuses[0] ?? 0
        const location = /\r\nlocation: ([^\r]*)/i.exec(heard.text)?.[1] ?? ''
        const { status: after } = await target.get('/health/alive')
        return verdict(status >= 200 && status < 500 && location.length < 4_000 && after === 200, String(status))
      },
    ),
}

const manyHeaders: Attack = {
  name: 'errors: headers of 100 kB, 3,000 headers, 3,000 cookies',
  asvs: 'V4.2.5 V15.2.2',
  sent: 'each on a bare connection',
  expected: '431 or 400; afterwards the site answers',
  run: (target) =>
    eachOf(
      [
        `X-A: ${'a'.repeat(100_000)}\r\n`,
        'X-A: aaaa\r\n'.repeat(3_000),
        `Cookie: ${'gatelodge=a; '.repeat(3_000)}\r\n`,
      ],
      async (lines) => {
        const { statuses } = await target.bytes(
          `GET /login HTTP/1.1\r\nHost: ${target.base.host}\r\n${lines}Connection: close\r\n\r\n`,
        )
        const status = statuses[0] ?? 0
        const { status: after } = await target.get('/health/alive')
        return verdict([0, 400, 431].includes(status) && after === 200, status ? String(status) : 'closed')
      },
    ),
}

const flashes: Attack = {
  name: 'errors: twenty mistakes in a row',
  asvs: 'V4.2.5 V3.3.5',
  sent: 'the registration form with 2 kB in each field, twenty times in one browser',
  expected: 'the form each time, cookies below 4 kB',
  async run(target) {
    const browser = target.browser()
    const fields = {
      name: '\u{1f332}'.repeat(500),
      email: `${'ж'.repeat(1_000)}@`,
      password: '',
      return_to: `/${'b'.repeat(900)}`,
    }
    return eachOf(
      Array.from({ length: 20 }, (_, index) => index),
      async () => {
        const { status, cookies } = await browser.submit('/register', fields)
        const longest = Math.max(0, ...cookies.map((one) => one.length))
        return verdict(
          status === 303 && longest < 4_096,
          `${status}, ${longest < 4_096 ? 'cookies below 4 kB' : `${longest} B`}`,
        )
      },
    )
  },
}

export const errors: Attack[] = [details, longUrl, manyHeaders, flashes]
