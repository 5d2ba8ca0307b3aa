// Guesses at one account are rate-limited, wherever they come from. Only its owner's own device is counted apart.
import { type Attack, eachOf, verdict } from '../attack.ts'
import { freeForAccount, guess, isLimited, spoken, untilLimited, victim } from '../guesses.ts'
import type { Answer } from '../http.ts'
import { newOwner, press, verifying } from '../links.ts'
import { passphrase, someone } from '../people.ts'
import { deviceOf } from '../target.ts'

const onOne: Attack = {
  name: 'guessing: many passwords, one account',
  asvs: 'V6.3.1 V2.4.1 V6.1.1',
  sent: `${freeForAccount + 1} wrong passwords, one after another`,
  expected: `${freeForAccount} × 401, then 429 with Retry-After`,
  async run(target) {
    const { email } = await victim(target)
    const answers: Answer[] = []
    for (let turn = 0; turn <= freeForAccount; turn += 1) answers.push(await guess(target, email))
    const last = answers.at(-1) as Answer
    return verdict(isLimited(last), spoken(answers.map(({ status }) => status)))
  },
}

const forPeople: Attack = {
  name: 'guessing: the page that says wait',
  asvs: 'V6.3.1 V4.1.1',
  sent: 'one more wrong password, from the form',
  expected: '429 with Retry-After and a page',
  async run(target) {
    const { email } = await victim(target)
    const answer = await untilLimited(() => target.browser().submit('/login', { email, password: passphrase() }))
    const isPage = answer.headers['content-type']?.startsWith('text/html') ?? false
    return verdict(isLimited(answer) && isPage, `${answer.status} ${answer.headers['content-type'] ?? ''}`)
  },
}

const otherSpelling: Attack = {
  name: 'guessing: the same account in another spelling',
  asvs: 'V6.3.1 V1.1.1',
  sent: 'its address in capitals, with spaces, with a fullwidth letter in the domain',
  expected: '429',
  async run(target) {
    const { email } = await victim(target)
    const wide = email.replace(/(?<=@)./, (message) => String.fromCodePoint((message.codePointAt(0) ?? 0) + 0xfee0))
    return eachOf([email.toUpperCase(), ` ${email} `, wide], async (spelling) => {
      const answer = await untilLimited(() => guess(target, spelling))
      return verdict(answer.status === 429, String(answer.status))
    })
  },
}

const otherDevice: Attack = {
  name: 'guessing: with the cookie of another device',
  asvs: 'V6.3.1 V9.2.2',
  sent: 'guesses on an account that has to wait, with a made-up device and with one that is known to another account',
  expected: '429',
  async run(target) {
    const { email } = await victim(target)
    const stranger = await target.browser().submit('/register', { ...someone() })
    const known = deviceOf(stranger)
    const forged = known.replace(/=.*$/, `=${'A'.repeat(22)}.${'B'.repeat(43)}`) || 'gatelodge-device=A'
    return eachOf([known, forged], async (cookie) => {
      const answer = await untilLimited(() => guess(target, email, { cookie }))
      return verdict(answer.status === 429, String(answer.status))
    })
  },
}

const lockOut: Attack = {
  name: 'guessing: to keep the owner out',
  asvs: 'V6.1.1 V6.3.1',
  sent: 'the right password from the owner’s own device, while strangers have to wait for that account',
  expected: '429 for the stranger, 200 for the owner',
  async run(target) {
    const owner = await victim(target)
    const strangers: number[] = []
    for (let turn = 0; turn <= freeForAccount && !strangers.includes(429); turn += 1) {
      strangers.push((await guess(target, owner.email)).status)
    }
    const { status } = await target.json('/api/v1/login', owner, { cookie: owner.device })
    return verdict(strangers.at(-1) === 429 && status === 200, `${spoken(strangers)}, then ${status}`)
  },
}

const stolenSession: Attack = {
  name: 'guessing: the current password, with a session',
  asvs: 'V6.2.3 V6.3.1',
  sent: `${freeForAccount + 1} password changes with a wrong current one`,
  expected: '429 with Retry-After after 5',
  async run(target) {
    const { cookie } = await target.register()
    const answers: Answer[] = []
    for (let turn = 0; turn <= freeForAccount; turn += 1) {
      const change = { current_password: passphrase(), new_password: passphrase() }
      answers.push(await target.json('/api/v1/password', change, { cookie }))
    }
    return verdict(isLimited(answers.at(-1) as Answer), spoken(answers.map(({ status }) => status)))
  },
}

const everyDoor: Attack = {
  name: 'guessing: the current password, from door to door',
  asvs: 'V6.2.3 V6.3.1 V7.5.1',
  sent: `${freeForAccount + 1} wrong ones in turn at /reauthenticate, /account/delete and /account/password, with one session`,
  expected: '429 with Retry-After after 5',
  async run(target) {
    const { cookie } = await target.register()
    const doors = ['/api/v1/password/confirm', '/api/v1/delete', '/api/v1/password']
    const answers: Answer[] = []
    for (let turn = 0; turn <= freeForAccount; turn += 1) {
      const fields = { current_password: passphrase(), new_password: passphrase() }
      answers.push(await target.json(doors[turn % doors.length] ?? '', fields, { cookie }))
    }
    return verdict(isLimited(answers.at(-1) as Answer), spoken(answers.map(({ status }) => status)))
  },
}

const behindLink: Attack = {
  name: 'guessing: the password that a link asks for',
  asvs: 'V6.3.1 V6.4.3',
  sent: `${freeForAccount + 1} wrong ones behind the link that verifies, each from another client address in a new browser`,
  expected: '429 with Retry-After after 5',
  needsEmails: true,
  async run(target) {
    const ada = await newOwner(target)
    const path = await verifying.ask(ada)
    const answers: Answer[] = []
    for (let turn = 0; turn <= freeForAccount; turn += 1) {
      answers.push(await press(target.elsewhere().browser(), verifying, path, { password: passphrase() }))
    }
    return verdict(isLimited(answers.at(-1) as Answer), spoken(answers.map(({ status }) => status)))
  },
}

export const guessingOne: Attack[] = [
  onOne,
  forPeople,
  otherSpelling,
  otherDevice,
  lockOut,
  stolenSession,
  everyDoor,
  behindLink,
]
