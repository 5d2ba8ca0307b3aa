// A form whose fields can be read in two ways. If a right password logs in, the server has read the form.
import { type Attack, verdict } from '../attack.ts'
import type { Account } from '../people.ts'
import { sessionOf, type Target } from '../target.ts'

interface Doubled {
  name: string
  sent: string
  /** Behind the fields of an honest form. */
  more(person: Account): string
  without: 'email' | 'password' | 'neither'
  asvs: string
  statuses: number[]
}

const doubles: Doubled[] = [
  {
    name: 'form: a field twice',
    asvs: 'V15.3.7',
    sent: 'email=me&email=someone',
    without: 'neither',
    more: () => '&email=nobody%40example.org',
    statuses: [400],
  },
  {
    name: 'form: a field twice, spelled differently',
    asvs: 'V15.3.7 V1.1.1',
    sent: 'email=me&%65mail=someone',
    without: 'neither',
    more: () => '&%65mail=nobody%40example.org',
    statuses: [400],
  },
  {
    name: 'form: a field as a list',
    asvs: 'V15.3.5',
    sent: 'email[]=me',
    without: 'email',
    more: ({ email }) => `&email[]=${encodeURIComponent(email)}`,
    statuses: [303, 400],
  },
  {
    name: 'form: a field of __proto__',
    asvs: 'V15.3.6',
    sent: '__proto__[email]=me',
    without: 'email',
    more: ({ email }) =>
      `&__proto__[email]=${encodeURIComponent(email)}&constructor.prototype.email=${encodeURIComponent(email)}`,
    statuses: [303, 400],
  },
  {
    name: 'form: bytes that are no UTF-8',
    asvs: 'V1.1.1',
    sent: 'password=…%ff',
    without: 'password',
    more: ({ password }) => `&password=${encodeURIComponent(password)}%ff`,
    statuses: [400],
  },
  {
    name: 'form: an overlong @',
    asvs: 'V1.1.1',
    sent: 'email=me%c1%80example.org',
    without: 'email',
    more: ({ email }) => `&email=${email.replace('@', '%c1%80')}`,
    statuses: [400],
  },
]

export const forms: Attack[] = doubles.map(({ name, asvs, sent, without, more, statuses }) => ({
  name,
  asvs,
  sent,
  expected: `${statuses.join(' or ')}, no session`,
  async run(target: Target) {
    const person = await target.account('ada')
    const browser = target.browser()
    await browser.open('/login')
    const fields = { email: person.email, password: person.password }
    const kept = Object.entries(fields).filter(([name]) => name !== without)
    const answer = await browser.post('/login', new URLSearchParams(kept) + more(person))
    return verdict(statuses.includes(answer.status) && !sessionOf(answer), String(answer.status))
  },
}))
