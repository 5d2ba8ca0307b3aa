// The answers of a provider: nobody comes in by one that was not asked for in this browser, here, and just now.
import { type Attack, eachOf, verdict } from '../attack.ts'
import { back, closed, leave, providersOf } from '../providers.ts'
import { deviceOf } from '../target.ts'

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

export const providerAnswers: Attack[] = [unasked, otherBrowser, forgedCookie, otherCode, mixedUp, posted, guessable]
