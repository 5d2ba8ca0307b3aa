// Attacks on the API for administrators by those who have no key: visitors, and people with a session.
import { type Attack, eachOf, verdict } from '../attack.ts'
import type { HeaderLines } from '../http.ts'
import type { Target } from '../target.ts'

interface One {
  method: string
  path: string
}

/** As the site itself lists them. */
async function operations(target: Target): Promise<One[]> {
  const { body } = await target.get('/api/openapi.json')
  const { paths } = JSON.parse(body) as { paths: Record<string, object> }
  return Object.entries(paths)
    .filter(([path]) => path.startsWith('/admin/'))
    .flatMap(([path, methods]) =>
      Object.keys(methods).map((method) => ({ method: method.toUpperCase(), path: `/api/v1${path}` })),
    )
}

/** Refused, and nothing of an account, a group or the record in the answer. */
const isClosed = (status: number, body: string) =>
  status >= 400 && status < 500 && !/"(?:accounts|email|records|groups|sessions)":/.test(body)

/** What each of them would take, aimed at an account that is there. */
const body = JSON.stringify({ account: '01995b7e-0000-7000-8000-000000000000', reason: 'x', group: 'staff', name: 'x' })

async function ask(target: Target, { method, path }: One, headers: HeaderLines = {}) {
  const sent = method === 'POST' ? { body, headers: { 'content-type': 'application/json', ...headers } } : { headers }
  const { status, body: came } = await target.ask({ method, path, ...sent })
  return verdict(isClosed(status, came), String(status))
}

/** The whole list of them, by one kind of asker. */
function everywhere(name: string, sent: string, headersOf: (target: Target) => Promise<HeaderLines>): Attack {
  return {
    name: `admin: ${name}`,
    asvs: 'V8.2.1 V8.3.1',
    sent,
    expected: '401',
    async run(target) {
      const [all, headers] = [await operations(target), await headersOf(target)]
      const { isSafe, came } = await eachOf(all, (one) => ask(target, one, headers))
      return verdict(isSafe && all.length > 15, came)
    },
  }
}

const visitor = everywhere('without a key', 'every operation for keys, with nothing', async () => ({}))

const cookie = everywhere(
  'with a session',
  'every operation for keys, with the cookie of an account',
  async (target) => ({
    cookie: (await target.account('admin')).cookie,
  }),
)

const bearer = everywhere(
  'with a token of a session',
  'every operation for keys, with the bearer token of an account',
  async (target) => {
    const { email, password } = await target.account('admin')
    const { body } = await target.json('/api/v1/login', { email, password, session: 'bearer' })
    return { authorization: `Bearer ${/"token":"([^"]+)"/.exec(body)?.[1] ?? ''}` }
  },
)

const list: One = { method: 'GET', path: '/api/v1/admin/accounts' }
const create: One = { method: 'POST', path: '/api/v1/admin/accounts' }

/** One attack on the list of accounts, with several tries. */
function tries(name: string, asvs: string, sent: string, all: HeaderLines[]): Attack {
  const run: Attack['run'] = (target) => eachOf(all, (headers) => ask(target, list, headers))
  return { name: `admin: ${name}`, asvs, sent, expected: '400 or 401', run }
}

const x65 = 'x'.repeat(65)
const bearers = (...tokens: string[]) => tokens.map((token) => ({ authorization: `Bearer ${token}` }))

const madeUp = tries(
  'keys that are made up',
  'V11.2.4 V6.3.1',
  'keys of every form: too short, too long, of zeros, with SQL, with the prefix of sessions',
  bearers(
    'gla_',
    `gla_${x65}`,
    `gla_${'A'.repeat(65)}`,
    `gla_${x65}x`,
    `gatelodge_${x65}`,
    "gla_' or 1=1 --",
    'gla_%00',
    'null',
  ),
)

const otherPlaces = tries(
  'a key in other places',
  'V14.2.1 V4.1.3',
  'a key as a cookie, as Basic, in X-Api-Key, X-Remote-User, X-Forwarded-User and Proxy-Authorization',
  [
    { cookie: `gla_${x65}=1; key=gla_${x65}` },
    { authorization: `Basic ${Buffer.from(`gla_${x65}:`).toString('base64')}` },
    { 'x-api-key': `gla_${x65}` },
    { 'remote-user': 'admin', 'x-remote-user': 'admin', 'remote-groups': 'administrators' },
    { 'x-forwarded-user': 'admin', 'x-forwarded-groups': 'administrators', 'x-forwarded-for': '127.0.0.1' },
    { 'proxy-authorization': `Bearer gla_${x65}` },
  ],
)

const twice = tries(
  'two credentials at once',
  'V15.3.7 V4.2.1',
  'two Authorization lines, a list in one line, other writings of Bearer',
  [
    { authorization: [`Bearer gla_${x65}`, `Bearer gla_${'y'.repeat(65)}`] },
    { authorization: `Bearer gla_${x65}, Bearer gla_${x65}` },
    { authorization: `bearer    gla_${x65}` },
    { authorization: `Bearer\tgla_${x65}` },
  ],
)

const inUrl: Attack = {
  name: 'admin: a key in the address',
  asvs: 'V14.2.1',
  sent: 'the list of accounts with ?key=, ?access_token= and ?authorization=',
  expected: '401',
  run: (target) =>
    eachOf(['key', 'access_token', 'authorization', 'token'], (name) =>
      ask(target, { ...list, path: `${list.path}?${name}=gla_${x65}` }),
    ),
}

const paths: Attack = {
  name: 'admin: other writings of the address',
  asvs: 'V1.1.1 V8.3.1',
  sent: 'the list of accounts with doubled and encoded slashes, dots, capitals, a semicolon, a slash at the end',
  expected: '401 or 404',
  async run(target) {
    const all = [
      '//api/v1/admin/accounts',
      '/api/v1//admin/accounts',
      '/api/v1/ADMIN/accounts',
      '/api/v1/admin%2faccounts',
    ]
    const more = [
      '/api/v1/session/../admin/accounts',
      '/api/v1/admin/./accounts',
      '/api/v1/admin/accounts;x',
      '/api/v1/admin/accounts/',
    ]
    return eachOf([...all, ...more], async (path) => {
      const { status, body: came } = await target.get(path)
      const isSafe = isClosed(status, came) || (status >= 300 && status < 400)
      return verdict(isSafe, String(status))
    })
  },
}

const methods: Attack = {
  name: 'admin: other methods',
  asvs: 'V4.1.4',
  sent: 'PUT, PATCH, DELETE, HEAD of the accounts, and a GET that says it is a POST',
  expected: '401 or 405',
  async run(target) {
    const others = await eachOf(['PUT', 'PATCH', 'DELETE', 'HEAD'], (method) =>
      ask(target, { method, path: create.path }),
    )
    if (!others.isSafe) return others
    const posing = { 'x-http-method-override': 'POST', 'x-method': 'POST' }
    const { isSafe, came } = await ask(target, list, posing)
    return verdict(isSafe, `${others.came}, ${came}`)
  },
}

const foreign: Attack = {
  name: 'admin: from a page of another site',
  asvs: 'V3.5.1',
  sent: 'a new account by a form and by JSON of another origin, with the cookie of an account',
  expected: '401, 403 or 415',
  async run(target) {
    const { cookie } = await target.account('admin')
    const types = ['application/x-www-form-urlencoded', 'text/plain', 'application/json']
    return eachOf(types, (type) =>
      ask(target, create, { cookie, origin: 'https://evil.example', 'content-type': type }),
    )
  },
}

const tells: Attack = {
  name: 'admin: what a refusal says',
  asvs: 'V16.5.1 V8.2.2',
  sent: 'an account that is there and one that is not, a group that is there and one that is not, without a key',
  expected: 'the same answer',
  async run(target) {
    const { email } = await target.account('admin')
    const asked = [
      `account?email=${email}`,
      'account?email=nobody@example.org',
      'groups',
      'accounts?group=administrators',
      'accounts?group=none',
    ]
    const answers: string[] = []
    for (const path of asked) {
      const { status, body: came } = await target.get(`/api/v1/admin/${path}`)
      answers.push(`${status} ${came}`)
    }
    return verdict(new Set(answers).size === 1, answers[0]?.slice(0, 3) ?? '')
  },
}

const promoted: Attack = {
  name: 'admin: made by a field that nobody asked for',
  asvs: 'V8.2.3 V15.3.3',
  sent: 'groups, administrator, member_of, scopes and state beside the fields of registering and of the profile',
  expected: 'no group',
  async run(target) {
    const extra = {
      groups: ['administrators'],
      administrator: true,
      member_of: 'administrators',
      scopes: ['accounts:write'],
      state: 'active',
    }
    const { cookie } = await target.register(extra as object)
    await target.json('/api/v1/profile', { name: 'Eve', ...extra }, { cookie })
    const { body: came } = await target.get('/api/v1/session', { cookie })
    return verdict(came.includes('"groups":[]'), came.includes('"groups":[]') ? 'no group' : 'in a group')
  },
}

export const adminKeys = [
  ...[visitor, cookie, bearer, madeUp, otherPlaces, twice, inUrl, paths, methods, foreign, tells, promoted],
]
