// A session is begun by logging in, and by nothing else.
import { randomBytes } from 'node:crypto'
import { type Attack, eachOf, verdict } from '../attack.ts'
import { sessionOf, type Target } from '../target.ts'

/** The name and the value of a session's cookie. */
function cut(cookie: string): [name: string, value: string] {
  const at = cookie.indexOf('=')
  return [cookie.slice(0, at), cookie.slice(at + 1)]
}

const token = () => randomBytes(32).toString('base64url')

async function cookieName(target: Target): Promise<string> {
  return cut((await target.account('ada')).cookie)[0]
}

const planted: Attack = {
  name: 'session: planted before the log-in',
  asvs: 'V7.2.4 V7.6.2',
  sent: 'a log-in with a session cookie that someone else knows',
  expected: 'a new token; the planted one belongs to no session',
  async run(target) {
    const { email, password } = await target.account('ada')
    const cookie = `${await cookieName(target)}=${token()}`
    const answer = await target.json('/api/v1/login', { email, password }, { cookie })
    const given = sessionOf(answer)
    const who = await target.whoIs(cookie)
    return verdict(
      !!given && given !== cookie && who === undefined,
      who ? 'the planted one is logged in' : `${answer.status}, a new one`,
    )
  },
}

const plantedInUrl: Attack = {
  name: 'session: in the URL, in a header, in the body',
  asvs: 'V7.2.1 V14.2.1',
  sent: 'a real token as query, path parameter, Authorization and X-Session',
  expected: 'a visitor',
  async run(target) {
    const [name, value] = cut((await target.account('ada')).cookie)
    const accept = 'application/json'
    const asks = [
      { path: `/account?${name}=${value}&session=${value}&token=${value}`, headers: { accept } },
      { path: `/account;${name}=${value}`, headers: { accept } },
      {
        path: '/account',
        headers: { accept, authorization: `Bearer ${value}`, 'x-session': value, 'x-auth-token': value },
      },
    ]
    return eachOf(asks, async (ask) => {
      const { status } = await target.get(ask.path, ask.headers)
      return verdict(status === 401 || status === 404, String(status))
    })
  },
}

const worthless: Attack = {
  name: 'session: tokens that were never given',
  asvs: 'V7.2.1',
  sent: 'one changed character, one more, one less, empty, null, %00, the account’s id, injections',
  expected: 'a visitor',
  async run(target) {
    const [name, value] = cut((await target.account('ada')).cookie)
    const changed = value.slice(0, 20) + (value[20] === 'A' ? 'B' : 'A') + value.slice(21)
    const spellings = [
      value.toUpperCase(),
      value.toLowerCase(),
      `"${value}"x`,
      ` ${value}.`,
      encodeURIComponent(`${value}\0`),
    ]
    const values = [
      changed,
      `${value}A`,
      value.slice(0, -1),
      '',
      'null',
      'undefined',
      '0',
      '1',
      '%00',
      '*',
      '%27%20OR%201=1--',
      token(),
      ...spellings,
    ]
    return eachOf(values, async (one) => {
      const { status } = await target.get('/account', { accept: 'application/json', cookie: `${name}=${one}` })
      return verdict(status === 401, String(status))
    })
  },
}

const long: Attack = {
  name: 'session: a token of 10 kB',
  asvs: 'V7.2.1 V4.2.5',
  sent: 'a cookie of 10,000 characters',
  expected: 'a visitor, or 431',
  async run(target) {
    const cookie = `${await cookieName(target)}=${'a'.repeat(10_000)}`
    const { status } = await target.get('/api/v1/session', { cookie })
    return verdict(status === 401 || status === 431, String(status))
  },
}

const tossedTwice: Attack = {
  name: 'session: two cookies of the name',
  asvs: 'V3.3.3 V7.2.1',
  sent: 'a forged cookie in front of and behind the real one',
  expected: 'the owner of the real one, or a visitor',
  async run(target) {
    const { cookie, email } = await target.account('ada')
    const forged = `${cut(cookie)[0]}=${token()}`
    return eachOf([`${forged}; ${cookie}`, `${cookie}; ${forged}`], async (both) => {
      const { status, body } = await target.get('/api/v1/session', { cookie: both })
      return verdict(status === 401 || (status === 200 && body.includes(email)), String(status))
    })
  },
}

const otherName: Attack = {
  name: 'session: under the name that is not in force',
  asvs: 'V3.3.1 V3.3.3',
  sent: 'someone’s real token as gatelodge beside __Host-gatelodge, or the other way round',
  expected: 'the owner of the cookie in force; alone, a visitor',
  async run(target) {
    const [ada, eve] = [await target.account('ada'), await target.account('eve')]
    const [name] = cut(ada.cookie)
    const other = name.startsWith('__Host-') ? name.slice('__Host-'.length) : `__Host-${name}`
    const tossed = `${other}=${cut(eve.cookie)[1]}`
    const beside = await eachOf([`${tossed}; ${ada.cookie}`, `${ada.cookie}; ${tossed}`], async (cookie) => {
      const who = await target.whoIs(cookie)
      return verdict(who === ada.email, who ?? 'a visitor')
    })
    const alone = await target.whoIs(tossed)
    return verdict(beside.isSafe && alone === undefined, alone ?? beside.came)
  },
}

const otherSeals: Attack = {
  name: 'session: a visitor’s cookie or a form token as its token',
  asvs: 'V7.2.1 V9.2.2',
  sent: 'what the login page hands out, under the session’s name',
  expected: 'a visitor',
  async run(target) {
    const browser = target.browser()
    await browser.open('/login')
    const name = await cookieName(target)
    return eachOf([browser.token, ...browser.cookies.values()], async (value) => {
      const who = await target.whoIs(`${name}=${value}`)
      return verdict(who === undefined, who ?? 'a visitor')
    })
  },
}

const flags: Attack = {
  name: 'session: flags of the cookies',
  asvs: 'V3.3.1 V3.3.2 V3.3.3 V3.3.4 V3.3.5',
  sent: 'a log-in',
  expected: 'HttpOnly, SameSite, Path=/, no Domain; on https Secure and __Host-',
  async run(target) {
    const { email, password } = await target.account('ada')
    const { cookies } = await target.browser().submit('/login', { email, password, remember: 'yes' })
    const isSecure = (line: string) =>
      target.base.protocol === 'http:' || (/; secure/i.test(line) && line.startsWith('__Host-'))
    const isGood = (line: string) =>
      /; httponly/i.test(line) &&
      /; samesite=(lax|strict)/i.test(line) &&
      /; path=\/(;|$)/i.test(line) &&
      !/; domain=/i.test(line)
    const bad = cookies.find((line) => !isGood(line) || !isSecure(line) || line.length > 4_096)
    return verdict(cookies.length > 0 && !bad, bad?.replace(/=[^;]*/, '=…') ?? `${cookies.length} cookies`)
  },
}

const random: Attack = {
  name: 'session: tokens that can be told beforehand',
  asvs: 'V7.2.3 V7.2.4',
  sent: 'four log-ins of one person',
  expected: 'four different tokens of 128 bits or more, of which none stands on a page',
  async run(target) {
    const { email, password } = await target.account('ada')
    const answers = [0, 1, 2, 3].map(() => target.json('/api/v1/login', { email, password }))
    const tokens = (await Promise.all(answers)).map((answer) => cut(sessionOf(answer) ?? '=')[1])
    const isLong = tokens.every((one) => /^[\w-]{22,}$/.test(one))
    const starts = new Set(tokens.map((one) => one.slice(0, 8)))
    const page = await target.get('/account', { cookie: `${await cookieName(target)}=${tokens[0]}` })
    const isTold = page.status !== 200 || page.body.includes(tokens[0] || 'none')
    return verdict(isLong && starts.size === 4 && !isTold, `${starts.size} different, ${tokens[0]?.length} characters`)
  },
}

export const sessions: Attack[] = [
  planted,
  plantedInUrl,
  worthless,
  long,
  tossedTwice,
  otherName,
  otherSeals,
  flags,
  random,
]
