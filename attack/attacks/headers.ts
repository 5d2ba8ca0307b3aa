// Every kind of answer, errors too, has the same headers about framing, content sniffing, scripts and other sites.
import { type Attack, eachOf, verdict } from '../attack.ts'
import type { Answer, Ask } from '../http.ts'
import type { Target } from '../target.ts'

const form = { 'content-type': 'application/x-www-form-urlencoded' }

/** Redirects, pages, JSON, plain text, files and each refusal that can be brought about from outside. */
async function kinds(target: Target): Promise<Ask[]> {
  const { cookie } = await target.account('ada')
  const { body } = await target.get('/login')
  const file = /(?:src|href)="(\/[^"]+\.(?:js|css))"/.exec(body)?.[1] ?? '/assets/none.css'
  return [
    { path: '/' },
    { path: '/login' },
    { path: '/register' },
    { path: '/account' },
    { path: '/account', headers: { cookie } },
    { path: '/account', headers: { cookie, accept: 'application/json' } },
    { path: '/account', headers: { accept: 'application/json' } },
    { path: '/health/alive' },
    { path: file },
    { path: '/nothing' },
    { path: '/assets/nothing' },
    { path: '/login', method: 'DELETE' },
    { path: '/login', method: 'POST', body: 'a=b', headers: form },
    { path: '/login', method: 'POST', body: 'a=b&a=b', headers: form },
    {
      path: '/login',
      method: 'POST',
      body: '{',
      headers: { 'content-type': 'application/json', origin: target.base.origin },
    },
    {
      path: '/login',
      method: 'POST',
      body: '{}',
      headers: { 'content-type': 'application/json', accept: 'application/json' },
    },
    { path: '/login', method: 'POST', body: 'a=b', headers: { 'content-type': 'text/plain' } },
    { path: '/login', method: 'POST', body: 'a'.repeat(70_000), headers: form },
    { path: '/login', method: 'POST', body: 'a=b', headers: { ...form, expect: 'a miracle' } },
    { path: '/login', headers: { host: 'a b' } },
    { path: '/login', headers: { 'x-long': 'a'.repeat(30_000) } },
  ]
}

function onAll(
  name: string,
  asvs: string,
  expected: string,
  lacks: (answer: Answer, target: Target) => string | undefined,
  more: Ask['headers'] = {},
): Attack {
  return {
    name: `headers: ${name}`,
    asvs,
    sent: 'every kind of answer: pages, JSON, files, 303, 400, 401, 403, 404, 405, 413, 415, 417, 431',
    expected,
    run: async (target) =>
      eachOf(await kinds(target), async (ask) => {
        const answer = await target.askTwice({ ...ask, headers: { ...ask.headers, ...more } })
        const lack = lacks(answer, target)
        return verdict(lack === undefined, lack ? `${answer.status} ${lack}` : String(answer.status))
      }),
  }
}

const csp = ({ headers }: Answer) => headers['content-security-policy'] ?? ''

const framing = onAll('framing', 'V3.4.6', "frame-ancestors 'none' and X-Frame-Options", (answer) => {
  if (!/frame-ancestors 'none'/.test(csp(answer))) return 'without frame-ancestors'
  return /^deny$/i.test(answer.headers['x-frame-options'] ?? '') ? undefined : 'without X-Frame-Options'
})

const sniffing = onAll(
  'sniffing',
  'V3.4.4 V4.1.1',
  'nosniff, and a true type with utf-8 where there is a body',
  ({ headers, body }) => {
    if (headers['x-content-type-options'] !== 'nosniff') return 'without nosniff'
    const type = headers['content-type'] ?? ''
    return body === '' || /charset=utf-8/i.test(type) || type.startsWith('image/')
      ? undefined
      : `type ${type || 'none'}`
  },
)

const scripts = onAll(
  'scripts from elsewhere',
  'V3.4.3 V3.6.1',
  "a policy of default-src 'none' without unsafe-inline",
  (answer) => {
    const policy = csp(answer)
    if (!policy.includes("default-src 'none'")) return 'without default-src'
    if (!policy.includes("base-uri 'none'") || !policy.includes("form-action 'self'"))
      return 'without base-uri, form-action'
    return /unsafe-|\*|https?:/.test(policy) ? 'a policy with holes' : undefined
  },
)

const foreign = (answer: Answer) => Object.keys(answer.headers).find((name) => name.startsWith('access-control-'))
const cors = onAll('a foreign Origin', 'V3.4.2', 'no Access-Control-…', foreign, { origin: 'https://e.test' })
const corsNull = onAll('Origin: null', 'V3.4.2', 'no Access-Control-…', foreign, { origin: 'null' })

const preflight: Attack = {
  name: 'headers: a preflight',
  asvs: 'V3.4.2',
  sent: 'OPTIONS /login and /account for a foreign POST with content-type',
  expected: 'no Access-Control-…',
  run: (target) =>
    eachOf(['/login', '/account', '/register'], async (path) => {
      const headers = {
        origin: 'https://e.test',
        'access-control-request-method': 'POST',
        'access-control-request-headers': 'content-type',
      }
      const answer = await target.ask({ method: 'OPTIONS', path, headers })
      return verdict(foreign(answer) === undefined, `${answer.status} ${foreign(answer) ?? ''}`.trim())
    }),
}

const names = onAll(
  'names and versions',
  'V13.4.6',
  'no Server, X-Powered-By, Via, X-Runtime …',
  ({ headers, body }) => {
    const name = ['server', 'x-powered-by', 'x-aspnet-version', 'x-generator', 'x-runtime', 'x-version'].find(
      (one) => headers[one] !== undefined,
    )
    return name ?? /\b(?:node|hono|express|kysely|sqlite|mysql|mariadb)[ /]?v?\d+(?:\.\d+)*/i.exec(body)?.[0]
  },
)

const windows = onAll(
  'windows and embedders of other sites',
  'V3.4.5 V3.4.8 V3.5.8',
  'COOP, CORP and a Referrer-Policy',
  ({ headers }) => {
    if (headers['cross-origin-opener-policy'] !== 'same-origin') return 'without COOP'
    if (headers['cross-origin-resource-policy'] !== 'same-origin') return 'without CORP'
    return /^(no-referrer|same-origin)$/.test(headers['referrer-policy'] ?? '') ? undefined : 'without Referrer-Policy'
  },
)

const transport = onAll(
  'a first visit without TLS',
  'V3.4.1',
  'on https: HSTS of a year or more',
  ({ headers }, { base }) => {
    const age = Number(/max-age=(\d+)/.exec(headers['strict-transport-security'] ?? '')?.[1] ?? 0)
    if (base.protocol === 'https:') return age >= 31_536_000 ? undefined : 'without HSTS'
    // Said over plain http it means nothing, and a browser that kept it would lock localhost up.
    return age > 0 ? 'HSTS over http' : undefined
  },
)

export const headers: Attack[] = [framing, sniffing, scripts, cors, corsNull, preflight, names, windows, transport]
