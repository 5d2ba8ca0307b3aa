// Two spellings of one address are one account; two addresses that only look alike never open each other's.
import { type Attack, eachOf, verdict } from '../attack.ts'
import { passphrase, someone } from '../people.ts'
import { sessionOf, type Target } from '../target.ts'

/** Has the emails that have doubles elsewhere: k, i, s. */
const plain = (target: Target) => target.account('kiss', { email: `kiss.${someone().email}` })

/** Lives in a domain with an umlaut, registered in its ASCII form. */
const umlaut = (target: Target) =>
  target.account('umlaut', { email: someone().email.replace('example.org', 'xn--bcher-kva.example') })

interface Spelling {
  name: string
  of?: typeof plain
  twist(email: string): string
}

const fullwidth = (text: string) =>
  text.replace(/[a-z]/g, (message) => String.fromCodePoint((message.codePointAt(0) ?? 0) - 0x61 + 0xff41))
const local = (change: (text: string) => string) => (email: string) => {
  const [before = '', after = ''] = email.split('@')
  return `${change(before)}@${after}`
}
const domain = (change: (text: string) => string) => (email: string) => {
  const [before = '', after = ''] = email.split('@')
  return `${before}@${change(after)}`
}

const spellings: Spelling[] = [
  { name: 'capital letters', twist: (email) => email.toUpperCase() },
  { name: 'fullwidth letters in front of the @', twist: local(fullwidth) },
  { name: 'fullwidth letters in the domain', twist: domain(fullwidth) },
  { name: 'fullwidth @', twist: (email) => email.replace('@', '\uff20') },
  { name: 'a dotless i', twist: local((text) => text.replace('i', '\u0131')) },
  { name: 'a capital I with a dot', twist: local((text) => text.replace('i', '\u0130')) },
  { name: 'the Kelvin sign for k', twist: local((text) => text.replace('k', '\u212a')) },
  { name: 'a long s', twist: local((text) => text.replace('s', '\u017f')) },
  { name: 'a combining accent', twist: local((text) => text.replace('a', 'a\u0301')) },
  { name: 'a Unicode domain for its ASCII form', of: umlaut, twist: domain(() => 'b\u00fccher.example') },
  { name: 'a decomposed Unicode domain', of: umlaut, twist: domain(() => 'bu\u0308cher.example') },
  { name: 'a dot behind the domain', twist: (email) => `${email}.` },
  { name: 'quotes around the local part', twist: local((text) => `"${text}"`) },
  { name: 'spaces around it', twist: (email) => ` ${email}  ` },
  { name: 'NUL behind it', twist: (email) => `${email}\0` },
  { name: 'a zero-width space in it', twist: local((text) => text.replace('a', 'a\u200b')) },
  { name: 'an ideographic full stop', twist: domain((text) => text.replace('.', '\u3002')) },
]

const seconds: Attack[] = spellings.map(({ name, of = plain, twist }) => ({
  name: `address: ${name}`,
  asvs: 'V1.1.1 V2.2.1 V2.3.4',
  sent: 'a second registration of one address in this spelling',
  expected: '422, no second account',
  async run(target) {
    const { email } = await of(target)
    const answer = await target.json('/api/v1/register', { ...someone(), email: twist(email) })
    return verdict(answer.status === 422 && !sessionOf(answer), String(answer.status))
  },
}))

const lookAlikes: Attack = {
  name: 'address: log in by a look-alike',
  asvs: 'V1.1.1 V6.3.4',
  sent: 'the right password with a dotless i, with an accent, with +tag',
  expected: '401',
  async run(target) {
    const { email, password } = await plain(target)
    const twists = [email.replace('i', '\u0131'), email.replace('a', 'a\u0301'), email.replace('@', '+tag@')]
    return eachOf(twists, async (twisted) => {
      const answer = await target.json('/api/v1/login', { email: twisted, password })
      return verdict(answer.status === 401 && !sessionOf(answer), String(answer.status))
    })
  },
}

const race: Attack = {
  name: 'address: registered three times at the same moment',
  asvs: 'V2.3.4 V15.4.2',
  sent: 'three registrations of one address at once',
  expected: 'one account, the others 422',
  async run(target) {
    const { email } = someone()
    const three = [0, 1, 2].map(() => target.json('/api/v1/register', { ...someone(), email, password: passphrase() }))
    const statuses = (await Promise.all(three)).map(({ status }) => status).sort()
    return verdict(statuses.join() === '201,422,422', statuses.join(' '))
  },
}

export const addresses: Attack[] = [...seconds, lookAlikes, race]
