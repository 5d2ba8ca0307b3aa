// Registration with a passkey alone: one account, of the address that the link came to, by an answer that was made for this link.
import { difference, masked } from '../alike.ts'
import { type Attack, eachOf, verdict } from '../attack.ts'
import { newConfirmed } from '../factors.ts'
import { expected, newOwner, resetting, verifying } from '../links.ts'
import { emailsTo, linksIn, listedTo } from '../mailbox.ts'
import { newNewcomer, type Started, started, startOptions } from '../newcomers.ts'
import { asked, type Lies, made, newKeyOwner, optionsIn, tried, used } from '../passkeys.ts'
import { someone } from '../people.ts'
import { sessionOf, type Target } from '../target.ts'

/** Refused in such a way, and nobody is in. */
const refusal = ({ status, who }: Started, ...statuses: number[]) =>
  verdict(
    statuses.includes(status) && who === undefined,
    `${status}, ${who === undefined ? 'no session' : 'a session'}`,
  )

const otherSite: Attack = {
  name: 'newcomer: an answer for another site',
  asvs: 'V6.3.3',
  sent: 'a new passkey with another origin, RP id or type, or that nobody touched',
  expected: '401, no session',
  needsEmails: true,
  async run(target) {
    const eve = await newNewcomer(target)
    const lies: Lies[] = [
      ...[{ origin: 'https://e.test' }, { origin: 'null' }, { rpId: 'e.test' }, { rpId: '' }],
      ...[{ type: 'webauthn.get' }, { flags: 0x5c }, { flags: 0x40 }],
    ]
    return eachOf(lies, async (lie) => {
      const { answer } = made(await startOptions(eve), eve.site.base.origin, lie)
      return refusal(await started(eve, { answer }), 401)
    })
  },
}

const otherChallenge: Attack = {
  name: 'newcomer: a challenge for something else',
  asvs: 'V6.3.3 V11.5.1 V2.3.1',
  sent: 'a new passkey made to the challenge of another link, of a login, of a passkey for an account, to one of its own',
  expected: '401, no session',
  needsEmails: true,
  async run(target) {
    const [eve, ada, member] = [await newNewcomer(target), await newNewcomer(target), await newConfirmed(target)]
    const cookie = member.browser.cookie
    const adding = optionsIn(await member.site.json('/api/v1/passkeys/options', {}, { cookie }))
    const theirs = [await startOptions(ada), (await asked(eve)).options, adding.options].map(
      (one) => one.challenge ?? '',
    )
    return eachOf([...theirs, '', 'A'.repeat(72), 'AAAA'], async (challenge) => {
      const { answer } = made(await startOptions(eve), eve.site.base.origin, { challenge })
      return refusal(await started(eve, { answer }), 401)
    })
  },
}

const twice: Attack = {
  name: 'newcomer: a link once more',
  asvs: 'V6.5.1 V2.3.1',
  sent: 'after the account was made: the same answer, another passkey, a password; the same with a second link to that address',
  expected: '410, no session',
  needsEmails: true,
  async run(target) {
    const first = await newNewcomer(target)
    const second = await newNewcomer(target, first.email)
    const options = await startOptions(first)
    const { answer } = made(options, first.site.base.origin)
    const other = made(await startOptions(second), second.site.base.origin).answer
    const { status, who } = await started(first, { answer })
    expected(who === first.email, `an honest answer got ${status}`)
    const passkey = made(options, first.site.base.origin).answer
    const tries = {
      'the same answer': () => started(first, { answer }),
      'another passkey': () => started(first, { answer: passkey }),
      'a password': () => started(first, { new_password: someone().password }),
      'the second link': () => started(second, { answer: other }),
      'a password for the second link': () => started(second, { new_password: someone().password }),
    }
    return eachOf(Object.entries(tries), async ([, attempt]) => refusal(await attempt(), 410))
  },
}

const atOnce: Attack = {
  name: 'newcomer: eight passkeys at once',
  asvs: 'V15.4.2 V2.3.4',
  sent: 'one link eight times at the same moment, each time with a passkey of its own',
  expected: 'one session',
  needsEmails: true,
  async run(target) {
    const eve = await newNewcomer(target)
    const options = await startOptions(eve)
    const answers = Array.from({ length: 8 }, () => made(options, eve.site.base.origin).answer)
    const all = await Promise.all(answers.map((answer) => started(eve, { answer })))
    const many = all.filter(({ who }) => who !== undefined).length
    return verdict(many === 1, `${many} of 8`)
  },
}

const otherAddress: Attack = {
  name: 'newcomer: another address',
  asvs: 'V8.2.2 V15.3.3',
  sent: 'a right answer with Ada’s address beside it, under every name that it could have; in the options as well',
  expected: 'an account with the address that the link came to',
  needsEmails: true,
  async run(target) {
    const [eve, ada] = [await newNewcomer(target), await newOwner(target)]
    const names = ['email', 'new_email', 'kept_email', 'meant_email', 'account', 'user', 'username']
    const claims = Object.fromEntries(names.map((name) => [name, ada.email]))
    const { options } = optionsIn(
      await eve.site.json('/api/v1/register/start/options', { ...claims, token: eve.token }),
    )
    const { answer } = made(options, eve.site.base.origin)
    const { who } = await started(eve, { ...claims, answer })
    return verdict(who === eve.email, who === eve.email ? 'its own' : 'another one')
  },
}

const otherLinks: Attack = {
  name: 'newcomer: without a link of its kind',
  asvs: 'V6.4.1 V11.5.1',
  sent: 'tokens that nobody made, and those of links that verify an address and reset a password; asked for and answered',
  expected: '410, no session',
  needsEmails: true,
  async run(target) {
    const [eve, ada] = [await newNewcomer(target), await newOwner(target)]
    const tokenOf = (path: string) => path.split('/').at(-1) ?? ''
    const others = [await verifying.ask(ada), await resetting.ask(ada)].map(tokenOf)
    const { answer } = made(await startOptions(eve), eve.site.base.origin)
    return eachOf(['', 'A'.repeat(43), '%', "' OR '1'='1", ...others], async (token) => {
      const { status } = await eve.site.json('/api/v1/register/start/options', { token })
      const outcome = refusal(await started({ ...eve, token }, { answer }), 410)
      return verdict(status === 410 && outcome.isSafe, `${status}, ${outcome.came}`)
    })
  },
}

const othersPasskey: Attack = {
  name: 'newcomer: the passkey of an account',
  asvs: 'V8.2.2 V6.3.3',
  sent: 'Ada’s passkey, and Eve’s key under the id of Ada’s passkey; then a login with that id by Eve’s key',
  expected: '409, no session; the passkey logs Ada in',
  needsEmails: true,
  async run(target) {
    const [ada, eve] = [await newKeyOwner(target), await newNewcomer(target)]
    const { origin } = eve.site.base
    const same = made(await startOptions(eve), origin, { again: ada.passkey })
    const claimed = made(await startOptions(eve), origin, { id: ada.passkey.id })
    const outcomes = [await started(eve, { answer: same.answer }), await started(eve, { answer: claimed.answer })]
    const logIn = async (signer: Lies) => {
      const { options, challenge_token } = await asked(ada)
      return tried(ada, used(ada.passkey, options, origin, signer), challenge_token)
    }
    const foreign = await logIn({ signer: claimed.passkey.privateKey })
    const own = await logIn({})
    const isSafe = outcomes.every((one) => refusal(one, 409).isSafe) && !foreign.who && own.who === ada.email
    return verdict(isSafe, [...outcomes, foreign, own].map(({ status }) => status).join(', '))
  },
}

const byAnother: Attack = {
  name: 'newcomer: asked for by a stranger',
  asvs: 'V6.4.3 V6.3.4 V7.2.4',
  sent: 'Eve asks with Ada’s address, and keeps her browser; Ada opens the link elsewhere and makes the passkey',
  expected: 'a session for Ada, none for Eve, whose form and page lead nowhere',
  needsEmails: true,
  async run(target) {
    const eve = target.elsewhere().browser()
    const { email, name } = someone()
    await eve.open('/register')
    await eve.post('/register/passkey', { email, name })
    const ada = await newNewcomer(target, email)
    const { answer } = made(await startOptions(ada), ada.site.base.origin)
    const { who } = await started(ada, { answer })
    expected(who === email, 'its owner could not start the account')
    const form = await eve.post('/register/start', { answer: JSON.stringify(answer) })
    const { status } = await eve.open('/register/start')
    await eve.post('/register/sent', {})
    const isIn = (await target.whoIs(eve.cookie)) !== undefined
    const isSafe = !isIn && status === 410 && form.status >= 400 && !sessionOf(form)
    return verdict(isSafe, `${form.status}, ${status}, ${isIn ? 'a session' : 'no session'}`)
  },
}

const taken: Attack = {
  name: 'newcomer: the address of an account',
  asvs: 'V6.4.1 V6.3.4',
  sent: 'a registration with a passkey for an address that has an account, and the email that comes of it',
  expected: 'an email without a link that starts anything',
  needsEmails: true,
  async run(target) {
    const ada = await newOwner(target)
    const before = (await listedTo(ada.site, ada.email)).length
    await target.elsewhere().json('/api/v1/register/passkey', { name: ada.name, email: ada.email })
    expected((await listedTo(ada.site, ada.email)).length > before, 'no email came')
    const links = (await emailsTo(ada.site, ada.email)).flatMap(({ text }) => linksIn(text))
    const isSafe = !links.some(({ pathname }) => pathname.startsWith('/register/start'))
    return verdict(isSafe, isSafe ? 'no such link' : 'a link')
  },
}

const fromElsewhere: Attack = {
  name: 'newcomer: finished by another site',
  asvs: 'V3.5.1 V3.5.3',
  sent: 'the form with a right answer from https://e.test, in a browser that has the link open; the same as JSON',
  expected: '403, no session',
  needsEmails: true,
  async run(target) {
    const ada = await newNewcomer(target)
    const browser = ada.site.browser()
    await browser.open(ada.link)
    await browser.open('/register/start')
    const { answer } = made(await startOptions(ada), ada.site.base.origin)
    const from = { origin: 'https://e.test', 'sec-fetch-site': 'cross-site' }
    const form = await browser.post('/register/start', { answer: JSON.stringify(answer) }, from)
    const json = await ada.site.json('/api/v1/register/start', { token: ada.token, answer }, from)
    const isSafe = [form, json].every((one) => one.status === 403 && !sessionOf(one))
    return verdict(isSafe, `${form.status}, ${json.status}`)
  },
}

const byReading: Attack = {
  name: 'newcomer: a link read by a scanner',
  asvs: 'V3.5.3 V6.4.1',
  sent: 'HEAD, GET and a GET with an answer in the query, cookies kept; then its owner',
  expected: 'no session by reading; the link still works',
  needsEmails: true,
  async run(target) {
    const ada = await newNewcomer(target)
    const scanner = ada.site.browser()
    const { answer } = made(await startOptions(ada), ada.site.base.origin)
    const query = new URLSearchParams({ answer: JSON.stringify(answer), _method: 'POST' })
    await ada.site.ask({ method: 'HEAD', path: ada.link })
    for (const path of [ada.link, '/register/start', `${ada.link}?${query}`, `/register/start?${query}`])
      await scanner.open(path)
    const early = await ada.site.whoIs(scanner.cookie)
    const { status, who } = await started(ada, { answer })
    return verdict(early === undefined && who === ada.email, early === undefined ? `${status}` : 'a session by reading')
  },
}

const weak: Attack = {
  name: 'newcomer: a weak password instead',
  asvs: 'V6.2.1 V6.2.4',
  sent: 'no password, a short one, a common one and the address itself',
  expected: '422, no session',
  needsEmails: true,
  async run(target) {
    const eve = await newNewcomer(target)
    return eachOf(['', 'abc', 'password123', eve.email], async (new_password) =>
      refusal(await started(eve, { new_password }), 422),
    )
  },
}

async function askedWith(site: Target, email: string): Promise<string> {
  const [browser, person] = [site.browser(), { name: 'Mallory Attack', email }]
  await browser.open('/register')
  const told = [
    await browser.post('/register/passkey', person),
    await browser.open('/register/sent'),
    await browser.post('/register/sent', {}),
    await site.json('/api/v1/register/passkey', person),
  ]
  return told.map((answer) => masked(answer, email)).join('\n')
}

const whoHasOne: Attack = {
  name: 'newcomer: who has an account',
  asvs: 'V6.3.8',
  sent: 'the form, its page, the email once more, and JSON: for an account, for one with a passkey, and for nobody',
  expected: 'the very same answers',
  needsEmails: true,
  async run(target) {
    const [ada, key] = [await newOwner(target), await newKeyOwner(target)]
    for (const { email } of [ada, key]) {
      const left = await askedWith(target.elsewhere(), email)
      const right = await askedWith(target.elsewhere(), email.replace(/^attack/, 'nobody'))
      if (left !== right) return verdict(false, difference(left, right))
    }
    return verdict(true, 'the very same')
  },
}

export const newcomers: Attack[] = [
  ...[otherSite, otherChallenge, twice, atOnce, otherAddress, otherLinks, othersPasskey],
  ...[byAnother, taken, fromElsewhere, byReading, weak, whoHasOne],
]
