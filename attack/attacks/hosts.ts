// What a request says of its own host and way is believed by nobody.
import { type Attack, eachOf, verdict } from '../attack.ts'
import { sessionOf, type Target } from '../target.ts'

interface Lie {
  name: string
  headers: Record<string, string>
}

const lies: Lie[] = [
  { name: 'Host', headers: { host: 'e.test' } },
  {
    name: 'X-Forwarded-Host',
    headers: { 'x-forwarded-host': 'e.test', 'x-host': 'e.test', 'x-forwarded-server': 'e.test' },
  },
  { name: 'Forwarded', headers: { forwarded: 'for=1.2.3.4;host=e.test;proto=https' } },
  {
    name: 'X-Forwarded-Proto',
    headers: { 'x-forwarded-proto': 'e.test', 'x-forwarded-scheme': 'e.test', 'x-forwarded-port': '4444' },
  },
]

const poisons: Attack[] = lies.map(({ name, headers }) => ({
  name: `host: ${name} names another`,
  asvs: 'V4.1.3',
  sent: 'GET /, /account, /login and /register with it',
  expected: 'no answer names e.test or port 4444',
  run: (target) =>
    eachOf(['/', '/account', '/login', '/register', '/nothing'], async (path) => {
      const answer = await target.get(path, headers)
      const isPoisoned = /e\.test|4444/.test(JSON.stringify(answer.headers) + answer.body)
      return verdict(!isPoisoned && answer.status < 500, String(answer.status))
    }),
}))

const absolute: Attack = {
  name: 'host: another in the request line',
  asvs: 'V4.1.3 V4.2.1',
  sent: 'GET http://e.test/account HTTP/1.1',
  expected: 'refused, or a path of this site',
  async run(target) {
    const { text, statuses } = await target.bytes(
      `GET http://e.test/account HTTP/1.1\r\nHost: ${target.base.host}\r\nConnection: close\r\n\r\n`,
    )
    return verdict(statuses.length === 1 && !text.includes('e.test'), statuses.join(' ') || 'closed')
  },
}

const oddHosts: Attack = {
  name: 'host: none, or one that is no host',
  asvs: 'V4.1.3 V4.2.1',
  sent: 'no Host; Host: own@e.test; Host: e.test/x; Host: e.test#',
  expected: '400, or an answer that does not name e.test',
  run: (target) =>
    eachOf(['', 'Host: own@e.test\r\n', 'Host: e.test/x\r\n', 'Host: e.test#\r\n', 'Host: \r\n'], async (host) => {
      const { text, statuses } = await target.bytes(`GET /account HTTP/1.1\r\n${host}Connection: close\r\n\r\n`)
      const isSafe = statuses.length === 1 && (statuses[0] ?? 500) < 500 && !text.includes('e.test')
      return verdict(isSafe, statuses.join(' ') || 'closed')
    }),
}

const rebinding: Attack = {
  name: 'host: another site’s name for this server',
  asvs: 'V3.5.1 V4.1.3',
  sent: 'a right log-in with Host: e.test and Origin: http://e.test',
  expected: '403, no session',
  async run(target) {
    const { email, password } = await target.account('ada')
    const headers = { host: 'e.test', origin: 'http://e.test' }
    const json = await target.json('/api/v1/login', { email, password }, headers)
    const form = await target.browser().submit('/login', { email, password }, headers)
    return eachOf([json, form], async (answer) =>
      verdict(answer.status === 403 && !sessionOf(answer), String(answer.status)),
    )
  },
}

const rewrite: Attack = {
  name: 'host: another path in a header',
  asvs: 'V4.1.3 V8.3.1',
  sent: 'GET /nothing with X-Original-URL and X-Rewrite-URL: /login',
  expected: '404',
  async run(target: Target) {
    const headers = { 'x-original-url': '/login', 'x-rewrite-url': '/login', 'x-forwarded-prefix': '/login' }
    const { status } = await target.get('/nothing', headers)
    return verdict(status === 404, String(status))
  },
}

export const hosts: Attack[] = [...poisons, absolute, oddHosts, rebinding, rewrite]
