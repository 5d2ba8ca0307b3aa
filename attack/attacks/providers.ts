// Logging in by another provider, as a stranger can reach it: nobody comes in without having been there in this browser, and
// nobody is sent anywhere but to the provider and back.
import { type Attack, eachOf, NotTried, verdict } from '../attack.ts'
import type { Browser } from '../browser.ts'
import type { Answer, Ask } from '../http.ts'
import { deviceOf, sessionOf, type Target } from '../target.ts'

/** As the buttons of the log-in page have them. */
async function providersOf(target: Target): Promise<[string, ...string[]]> {
  const { body } = await target.get('/login')
  const found = [...body.matchAll(/href="[^"]*\/login\/with\/([a-z][a-z\d-]*)/g)].map((match) => match[1] ?? '')
  const [first, ...others] = new Set(found)
  if (!first) throw new NotTried('they need a site with a provider to log in with')
  return [first, ...others]
}

/** What the browser takes along to the provider. */
async function leave(target: Target, browser: Browser, name: string, query = '', headers: Ask['headers'] = {}) {
  const answer = await browser.open(`/login/with/${name}${query}`, headers)
  const location = answer.headers.location ?? ''
  if (answer.status === 303 && !isAway(location, target)) throw new NotTried('the provider of the site does not answer')
  const url = new URL(location || '/', target.base)
  return { answer, location, asked: url.searchParams, state: url.searchParams.get('state') ?? '' }
}

function isAway(location: string, { base }: Target): boolean {
  return URL.canParse(location, base.href) && new URL(location, base).origin !== base.origin
}

const back = (name: string, query: Record<string, string>) =>
  `/login/with/${name}/callback?${new URLSearchParams(query)}`

/** No session, and nothing that leads to another site. */
function closed(answer: Answer, target: Target) {
  const { status, headers } = answer
  const isSafe = status >= 300 && status < 500 && !sessionOf(answer) && !isAway(headers.location ?? '/', target)
  return verdict(isSafe, sessionOf(answer) ? 'a session' : String(status))
}

const unasked: Attack = {
  name: 'provider: an answer that nobody asked for',
  asvs: 'V10.2.1 V10.1.2',
  sent: 'the callback of each provider without having been there: codes, tokens, errors, nothing',
  expected: 'no session',
  async run(target) {
    const queries = [
      ...['code=x&state=x', 'code=x', 'state=', '', 'error=access_denied&state=x', 'code=x&state=undefined'],
      ...['id_token=e30.e30.&state=x', 'access_token=x&state=x', 'code=x&code=y&state[]=x', 'code=x&state=%00'],
    ]
    const tries = (await providersOf(target)).flatMap((name) => queries.map((query) => [name, query] as const))
    return eachOf(tries, async ([name, query]) =>
      closed(await target.get(`/login/with/${name}/callback?${query}`), target),
    )
  },
}

const otherBrowser: Attack = {
  name: 'provider: an answer for another browser',
  asvs: 'V10.2.1 V10.1.2 V3.5.1',
  sent: 'the state that one browser was sent away with, by a browser without and with a state of its own',
  expected: 'no session',
  async run(target) {
    const [name] = await providersOf(target)
    const { state } = await leave(target, target.browser(), name)
    const own = target.browser()
    await leave(target, own, name)
    return eachOf([target.browser(), own], async (browser) =>
      closed(await browser.open(back(name, { code: 'x', state })), target),
    )
  },
}

const forgedCookie: Attack = {
  name: 'provider: a forged cookie',
  asvs: 'V10.1.2 V11.3.3',
  sent: 'an answer with the cookie of its question changed at each tenth of its length, emptied, or made up',
  expected: 'no session',
  async run(target) {
    const [name] = await providersOf(target)
    const { answer, state } = await leave(target, target.browser(), name)
    const [pair = 'gatelodge-connection=x'] = deviceOf(answer).split('; ').filter(Boolean)
    const [key, value = ''] = [pair.slice(0, pair.indexOf('=')), pair.slice(pair.indexOf('=') + 1)]
    const flipped = Array.from({ length: 10 }, (_, tenth) => {
      const at = Math.floor((value.length * tenth) / 10)
      return value.slice(0, at) + (value[at] === 'A' ? 'B' : 'A') + value.slice(at + 1)
    })
    const plain = Buffer.from(JSON.stringify({ provider: name, ties: { state }, until: 9e15 })).toString('base64url')
    return eachOf([...flipped, '', plain, `${value}x`], async (forged) =>
      closed(await target.get(back(name, { code: 'x', state }), { cookie: `${key}=${forged}` }), target),
    )
  },
}

const otherCode: Attack = {
  name: 'provider: a code of someone else',
  asvs: 'V10.2.1 V10.4.6',
  sent: 'a right state with a code that was not given for it, and the same answer once more',
  expected: 'no session',
  async run(target) {
    const [name] = await providersOf(target)
    const browser = target.browser()
    const { state } = await leave(target, browser, name)
    const before = browser.cookie
    const answer = back(name, { code: 'stolen', state })
    return eachOf([before, before, browser.cookie], async (cookie) =>
      closed(await target.get(answer, { cookie }), target),
    )
  },
}

const mixedUp: Attack = {
  name: 'provider: mixed up',
  asvs: 'V10.2.2',
  sent: 'the answer to a question at one provider, to the callback of another one; and as from another issuer',
  expected: 'no session',
  async run(target) {
    const [name, ...others] = await providersOf(target)
    const tries = [...others, name].map((to) => ({ to, iss: 'https://e.test' }))
    return eachOf(tries, async ({ to, iss }) => {
      const browser = target.browser()
      const { state } = await leave(target, browser, name)
      return closed(await browser.open(back(to, { code: 'x', state, iss })), target)
    })
  },
}

const posted: Attack = {
  name: 'provider: a form from another site',
  asvs: 'V3.5.1 V10.2.1',
  sent: 'the callback as a POST from e.test, with and without the cookie of a question',
  expected: 'no session, and at most the way on to the same page',
  async run(target) {
    const names = await providersOf(target)
    return eachOf(names, async (name) => {
      const browser = target.browser()
      const { state } = await leave(target, browser, name)
      const foreign = { origin: 'https://e.test', 'sec-fetch-site': 'cross-site' }
      const fields = { code: 'x', state, return_to: 'https://e.test', user: '{"name":{"firstName":"Eve"}}' }
      const withCookie = closed(await browser.post(`/login/with/${name}/callback`, fields, foreign), target)
      const bare = target.browser()
      const without = closed(await bare.post(`/login/with/${name}/callback`, fields, foreign), target)
      return verdict(withCookie.isSafe && without.isSafe, `${withCookie.came}, ${without.came}`)
    })
  },
}

const returnTo: Attack = {
  name: 'provider: return_to elsewhere',
  asvs: 'V3.7.2 V10.2.1',
  sent: 'the button with a return_to of another site, and with parameters that are the provider’s',
  expected: 'to the provider, with what the site says',
  async run(target) {
    const [name] = await providersOf(target)
    const tries = [
      ...['return_to=https://e.test', 'return_to=//e.test', 'return_to=/%5Ce.test', 'redirect_uri=https://e.test/'],
      ...[
        'state=e.test',
        'scope=e.test',
        'client_id=e.test',
        'response_mode=e.test',
        'prompt=e.test&iss=https://e.test',
      ],
    ]
    return eachOf(tries, async (query) => {
      const { location, answer } = await leave(target, target.browser(), name, `?${query}`)
      return verdict(!location.includes('e.test'), location.includes('e.test') ? location : String(answer.status))
    })
  },
}

const otherHost: Attack = {
  name: 'provider: back to another host',
  asvs: 'V10.2.1 V4.1.3',
  sent: 'the button with Host, X-Forwarded-Host, X-Forwarded-Proto and Forwarded of another site',
  expected: 'the redirect address of the site, or no answer to such a host',
  async run(target) {
    const [name] = await providersOf(target)
    const tries: Record<string, string>[] = [
      { host: 'e.test' },
      { 'x-forwarded-host': 'e.test', 'x-forwarded-proto': 'https' },
      { forwarded: 'host=e.test;proto=https' },
      { 'x-original-url': '//e.test/', 'x-forwarded-prefix': '//e.test' },
    ]
    return eachOf(tries, async (headers) => {
      const { status, headers: came } = await target.get(`/login/with/${name}`, headers)
      const location = came.location ?? ''
      return verdict(
        status < 500 && !location.includes('e.test'),
        location.includes('e.test') ? location : String(status),
      )
    })
  },
}

const nativeApp: Attack = {
  name: 'provider: to an app that the site does not know',
  asvs: 'V3.7.2 V10.4.1',
  sent: 'the button with app_redirect to other sites, scripts, files and schemes, with a right challenge',
  expected: '404, and nobody is sent there',
  async run(target) {
    const [name] = await providersOf(target)
    const own = target.base.host
    const tries = [
      ...['https://e.test/', '//e.test', 'javascript:e.test', 'data:text/html,e.test', 'file:///e.test', 'e.test:/x'],
      ...[`https://${own}@e.test/`, `https://e.test/?${own}`, 'e.test', ' https://e.test', 'https:e.test', ''],
    ]
    return eachOf(tries, async (app_redirect) => {
      const query = new URLSearchParams({ app_redirect, app_challenge: 'A'.repeat(43), app_state: 'x' })
      const { status, headers } = await target.get(`/login/with/${name}?${query}`)
      return verdict(status === 404 && !headers.location, `${status} ${headers.location ?? ''}`.trim())
    })
  },
}

const connected: Attack = {
  name: 'provider: connected by another site',
  asvs: 'V3.5.1 V3.5.3',
  sent: 'the link that connects a provider, in the session of an account, as from another site',
  expected: 'a page of the site, and nobody is sent to the provider',
  async run(target) {
    const names = await providersOf(target)
    const { cookie } = await target.account('connecting')
    const sites = ['cross-site', 'same-site']
    const tries = names.flatMap((name) => sites.map((site) => [name, site] as const))
    return eachOf(tries, async ([name, site]) => {
      const headers = { cookie, 'sec-fetch-site': site, 'sec-fetch-mode': 'navigate' }
      const { status, headers: came } = await target.get(`/account/connections/add/${name}`, headers)
      return verdict(status === 303 && !isAway(came.location ?? '//', target), `${status} ${came.location}`)
    })
  },
}

const otherQuestion: Attack = {
  name: 'provider: a login answered as a connection',
  asvs: 'V10.2.1 V3.5.1',
  sent: 'an answer to a visitor’s question, in the session of an account; and the pages that connect, as a visitor',
  expected: 'no other session, and no connection',
  async run(target) {
    const [name] = await providersOf(target)
    const { cookie } = await target.account('connecting')
    const visitor = target.browser()
    const { state } = await leave(target, visitor, name)
    const asked = back(name, { code: 'x', state })
    const mixed = await target.get(asked, { cookie: `${visitor.cookie}; ${cookie}` })
    const pages = [`/account/connections/add/${name}`, `/account/connections/prove/${name}`, '/account/connections']
    const others = await eachOf(pages, async (path) => closed(await target.get(path), target))
    const { isSafe, came } = closed(mixed, target)
    return verdict(isSafe && others.isSafe, `${came}, ${others.came}`)
  },
}

const unknown: Attack = {
  name: 'provider: one that there is not',
  asvs: 'V2.2.1 V15.3.6',
  sent: 'names of properties, paths, wildcards and other spellings as the name of a provider',
  expected: '404',
  async run(target) {
    const [name] = await providersOf(target)
    const tries = [
      'constructor',
      '__proto__',
      'toString',
      '%2e%2e%2fregister',
      '*',
      '%00',
      name.toUpperCase(),
      `${name}%20`,
    ]
    return eachOf(tries, async (other) => {
      const paths = [`/login/with/${other}`, `/login/with/${other}/callback?code=x&state=x`]
      return eachOf(paths, async (path) => {
        const { status } = await target.get(path)
        return verdict(status === 404 || status === 400, String(status))
      })
    })
  },
}

const unproved: Attack = {
  name: 'provider: an account without a proof',
  asvs: 'V2.3.1 V6.8.1',
  sent: 'the form that makes an account of a newcomer, by a browser that was nowhere, and by one that is on its way',
  expected: 'no session',
  async run(target) {
    const [name] = await providersOf(target)
    const onItsWay = target.browser()
    await leave(target, onItsWay, name)
    const profile = JSON.stringify({ issuer: 'https://e.test', subject: 'x', email: 'eve@e.test', isVerified: true })
    const fields = { name: 'Eve', email: 'eve@e.test', sub: 'x', profile, verified: 'true' }
    return eachOf([target.browser(), onItsWay], async (browser) =>
      closed(await browser.post(`/login/with/${name}/register`, fields), target),
    )
  },
}

const madeUpCode: Attack = {
  name: 'provider: the code of an app, made up',
  asvs: 'V10.4.1 V6.4.1',
  sent: 'codes that nobody sealed, as an app that wants an account',
  expected: '401 or 422, no session',
  async run(target) {
    await providersOf(target)
    const plain = Buffer.from(JSON.stringify({ provider: 'x', until: 9e15, challenge: 'A'.repeat(43) })).toString(
      'base64url',
    )
    return eachOf(['', 'x', 'A'.repeat(200), plain, `${plain}.`, 'null'], async (code) => {
      const answer = await target.json('/api/v1/login/provider', { code, code_verifier: 'v'.repeat(43), create: true })
      return verdict([401, 422].includes(answer.status) && !sessionOf(answer), String(answer.status))
    })
  },
}

const guessable: Attack = {
  name: 'provider: a state that can be guessed',
  asvs: 'V10.1.2 V10.2.1 V11.5.1',
  sent: 'three questions of one browser',
  expected: 'a state and a challenge (S256) of their own each, 128 bits and more',
  async run(target) {
    const [name] = await providersOf(target)
    const browser = target.browser()
    const questions: URLSearchParams[] = []
    for (let time = 0; time < 3; time += 1) questions.push((await leave(target, browser, name)).asked)
    const isFresh = (key: string) => {
      const values = questions.map((asked) => asked.get(key) ?? '')
      return new Set(values).size === 3 && values.every((value) => value.length >= 22)
    }
    const isHashed = questions.every((asked) => asked.get('code_challenge_method') === 'S256')
    return verdict(
      isFresh('state') && isFresh('code_challenge') && isHashed,
      `state ${questions[0]?.get('state')?.length}`,
    )
  },
}

export const providers: Attack[] = [
  ...[unasked, otherBrowser, forgedCookie, otherCode, mixedUp, posted, returnTo, otherHost, nativeApp, connected],
  ...[otherQuestion, unknown, unproved, madeUpCode, guessable],
]
