// An account and its providers: none is connected, made or logged in to without the proof of its owner.
import { type Attack, eachOf, verdict } from '../attack.ts'
import { back, closed, isAway, leave, providersOf } from '../providers.ts'
import { sessionOf } from '../target.ts'

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

export const providerAccounts: Attack[] = [connected, otherQuestion, unproved, madeUpCode]
