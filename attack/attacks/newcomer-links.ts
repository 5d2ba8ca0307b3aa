// The link of a registration with a passkey alone: only those who read its email get in, and nobody learns who has an account.
import { difference, masked } from '../alike.ts'
import { type Attack, eachOf, verdict } from '../attack.ts'
import { expected, newOwner } from '../links.ts'
import { emailsTo, linksIn, listedTo } from '../mailbox.ts'
import { newNewcomer, refusal, started, startOptions } from '../newcomers.ts'
import { made, newKeyOwner } from '../passkeys.ts'
import { someone } from '../people.ts'
import { sessionOf, type Target } from '../target.ts'

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

export const newcomerLinks: Attack[] = [byAnother, taken, fromElsewhere, byReading, weak, whoHasOne]
