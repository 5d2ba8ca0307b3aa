// Guesses at many accounts are rate-limited, and their answers are all the same. Afterwards this client address has to wait.
import { difference, masked } from '../alike.ts'
import { type Attack, eachOf, verdict } from '../attack.ts'
import { freeForAccount, guess, isLimited, mostForAddress, mostRegistrations, spoken } from '../guesses.ts'
import { passphrase, someone } from '../people.ts'
import { sessionOf } from '../target.ts'

export const existence: Attack = {
  name: 'guessing: whether an account exists',
  asvs: 'V6.3.8 V6.3.1',
  sent: `${freeForAccount + 1} guesses on a known and on an unknown address, as JSON; one from the form`,
  expected: 'the very same answers',
  async run(target) {
    const known = await target.register()
    // As long as the known one, so that a difference in length cannot come from the addresses.
    const nobody = known.email.replace(/^attack/, 'nobody')
    for (let turn = 0; turn <= freeForAccount; turn += 1) {
      const isForm = turn === 0
      const ask = () =>
        Promise.all(
          [known.email, nobody].map(async (email) => {
            if (!isForm) return masked(await guess(target, email), email)
            const browser = target.browser()
            const answer = await browser.submit('/login', { email, password: passphrase() })
            const page = await browser.open('/login')
            return masked(answer, email) + masked(page, email)
          }),
        )
      let [left, right] = await ask()
      // The one of the two that came first may have had the last try of this client address: now both have to wait.
      if (left !== right && [left, right].some((one) => one?.startsWith('[429,'))) [left, right] = await ask()
      if (left !== right) return verdict(false, `turn ${turn + 1} differs: ${difference(left ?? '', right ?? '')}`)
    }
    return verdict(true, 'the very same')
  },
}

const atOnce: Attack = {
  name: 'guessing: many passwords at the same moment',
  asvs: 'V6.3.1 V15.4.2 V2.3.2',
  sent: '20 wrong passwords for one account at once',
  expected: `at most ${freeForAccount} are looked at`,
  async run(target) {
    const { email } = await target.register()
    const answers = await Promise.all(Array.from({ length: 20 }, () => guess(target, email)))
    const looked = answers.filter(({ status }) => status === 401).length
    return verdict(looked <= freeForAccount, `${looked} × 401, ${answers.length - looked} others`)
  },
}

const onMany: Attack = {
  name: 'guessing: one password, many accounts',
  asvs: 'V6.3.1 V2.4.1',
  sent: `up to ${mostForAddress + 1} addresses from one client address, right log-ins to an own account in between`,
  expected: `429 with Retry-After at or before the ${mostForAddress + 1}st`,
  async run(target) {
    const password = passphrase()
    const own = await target.account('ada')
    const statuses: number[] = []
    for (let turn = 0; turn <= mostForAddress; turn += 1) {
      // A success of the guesser's own must clear nothing.
      if (turn % 5 === 4) await target.json('/api/v1/login', own)
      const answer = await target.json('/api/v1/login', { email: someone().email, password })
      statuses.push(answer.status)
      if (isLimited(answer)) return verdict(true, spoken(statuses))
    }
    return verdict(false, spoken(statuses))
  },
}

const spoofs = [
  'x-forwarded-for',
  'x-real-ip',
  'forwarded',
  'true-client-ip',
  'cf-connecting-ip',
  'x-client-ip',
  'x-cluster-client-ip',
  'client-ip',
]

const spoofed: Attack = {
  name: 'guessing: from a made-up client address',
  asvs: 'V4.1.3 V15.3.4',
  sent: spoofs.join(', '),
  expected: '429, as without them',
  run: (target) =>
    eachOf(spoofs, async (name) => {
      const value = name === 'forwarded' ? 'for=203.0.113.7' : '203.0.113.7'
      const answer = await guess(target, someone().email, { [name]: value })
      return verdict(answer.status === 429, String(answer.status))
    }),
}

const rightButLimited: Attack = {
  name: 'guessing: a right password from an address that has to wait',
  asvs: 'V6.3.1',
  sent: 'a right log-in, which would show that a guess was right',
  expected: '429, no session',
  async run(target) {
    const { email, password } = await target.account('ada')
    const answer = await target.json('/api/v1/login', { email, password })
    return verdict(answer.status === 429 && !sessionOf(answer), String(answer.status))
  },
}

const registering: Attack = {
  name: 'guessing: a right password beyond the limit, by registering',
  asvs: 'V6.3.1',
  sent: 'a registration of an address that has an account, with its password, where the log-in has to wait',
  expected: 'no session',
  async run(target) {
    const { email, password } = await target.account('ada')
    const answer = await target.json('/api/v1/register', { ...someone(), email, password })
    return verdict(!sessionOf(answer) && answer.status >= 400, String(answer.status))
  },
}

const endless: Attack = {
  name: 'guessing: which addresses have an account, by registering',
  asvs: 'V2.4.1 V6.3.8',
  sent: `up to ${mostRegistrations + 1} registrations of taken addresses`,
  expected: `429 with Retry-After at or before the ${mostRegistrations + 1}st`,
  async run(target) {
    const { email } = await target.account('ada')
    const statuses: number[] = []
    for (let turn = 0; turn <= mostRegistrations; turn += 1) {
      const answer = await target.json('/api/v1/register', { ...someone(), email })
      statuses.push(answer.status)
      if (isLimited(answer)) return verdict(true, spoken(statuses))
    }
    return verdict(false, spoken(statuses))
  },
}

export const guessingMany: Attack[] = [atOnce, onMany, spoofed, rightButLimited, registering, endless]
