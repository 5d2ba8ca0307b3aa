// An invitation is for as many people, the address, the groups and the time that it says.
import { type Attack, eachOf, verdict } from '../attack.ts'
import type { Answer } from '../http.ts'
import { invite, revoke } from '../invite.ts'
import { expected, newOwner } from '../links.ts'
import { linkTo } from '../mailbox.ts'
import { passphrase, someone } from '../people.ts'
import { sessionOf, type Target } from '../target.ts'

const at = '/api/v1/invitation/register'

const use = (target: Target, token: string | undefined, more: object = {}, headers: Record<string, string> = {}) =>
  target.json(at, { token, ...someone(), ...more }, headers)

const isRefused = (answer: Answer, status = 410) => answer.status === status && !sessionOf(answer)

const groupsOf = async (target: Target, answer: Answer) =>
  (await target.get('/api/v1/session', { cookie: sessionOf(answer) ?? '' })).body

const madeUp: Attack = {
  name: 'invitation: guessed',
  asvs: 'V6.4.1 V11.5.1',
  sent: 'tokens that nobody made, empty ones, a wildcard, SQL',
  expected: '410, no account',
  async run(target) {
    const tokens = [passphrase().replaceAll(' ', '').padEnd(43, 'A'), 'A'.repeat(43), '', '%', "' OR '1'='1", 'null']
    return eachOf(tokens, async (token) => {
      const answer = await use(target, token)
      return verdict(isRefused(answer), String(answer.status))
    })
  },
}

const twice: Attack = {
  name: 'invitation: used twice',
  asvs: 'V2.3.1 V6.4.1',
  sent: 'the link of an invitation for one, once more',
  expected: '410, no account',
  async run(target) {
    const { token } = await invite()
    expected(sessionOf(await use(target, token)) !== undefined, 'the invitation made no account')
    const answer = await use(target, token)
    return verdict(isRefused(answer), String(answer.status))
  },
}

const tooMany: Attack = {
  name: 'invitation: by more than it is for',
  asvs: 'V15.4.2 V2.3.4',
  sent: 'an invitation for three, by twelve at once',
  expected: 'three accounts',
  async run(target) {
    const { token } = await invite('--uses', '3')
    const answers = await Promise.all(Array.from({ length: 12 }, () => use(target, token)))
    const many = answers.filter((answer) => sessionOf(answer) !== undefined).length
    return verdict(many === 3, `${many} accounts`)
  },
}

const otherAddress: Attack = {
  name: 'invitation: with another address',
  asvs: 'V8.2.2 V15.3.3',
  sent: 'an invitation for one address, with another one beside it',
  expected: 'an account with the address that was invited',
  needsEmails: true,
  async run(target) {
    const { email } = someone()
    await invite(email)
    const token = (await linkTo(target, email, '/invitation')).split('/').at(-1)
    const answer = await use(target, token)
    const who = await target.whoIs(sessionOf(answer) ?? '')
    return verdict(who === email, who === email ? 'the invited one' : 'another one')
  },
}

const otherAccount: Attack = {
  name: 'invitation: by another account',
  asvs: 'V8.2.2',
  sent: 'an invitation for one address, accepted by an account with another one',
  expected: '403',
  needsEmails: true,
  async run(target) {
    const { email } = someone()
    await invite(email)
    const token = (await linkTo(target, email, '/invitation')).split('/').at(-1)
    const eve = await newOwner(target)
    const { status } = await eve.site.json('/api/v1/invitation/accept', { token }, { cookie: eve.browser.cookie })
    return verdict(status === 403, String(status))
  },
}

const escalation: Attack = {
  name: 'invitation: to more groups',
  asvs: 'V8.2.1 V15.3.3',
  sent: 'groups, group_names, roles and is_admin beside an invitation without groups',
  expected: 'an account in no group',
  async run(target) {
    const { token } = await invite()
    const groups = ['administrators']
    const more = { groups, group_names: 'administrators', member_of: 'administrators', roles: groups, is_admin: true }
    const answer = await use(target, token, more)
    expected(sessionOf(answer) !== undefined, 'the invitation made no account')
    const isIn = /administrators/.test(await groupsOf(target, answer))
    return verdict(!isIn, isIn ? 'an administrator' : 'in no group')
  },
}

const foreign: Attack = {
  name: 'invitation: from another site',
  asvs: 'V3.5.1 V3.5.3',
  sent: 'the form behind a link, by a page of another site',
  expected: '403, no account; the invitation still works',
  async run(target) {
    const { token } = await invite()
    const origin = 'https://e.test'
    const answer = await use(target, token, {}, { origin, 'sec-fetch-site': 'cross-site' })
    const after = await use(target, token)
    return verdict(isRefused(answer, 403) && sessionOf(after) !== undefined, `${answer.status}, then ${after.status}`)
  },
}

const scanner: Attack = {
  name: 'invitation: opened by a scanner',
  asvs: 'V3.5.3 V7.6.2',
  sent: 'GET and HEAD of the link, three times each',
  expected: 'no session, and the invitation still works',
  async run(target) {
    const { token } = await invite()
    for (const method of ['GET', 'HEAD', 'GET', 'HEAD', 'GET', 'HEAD']) {
      const answer = await target.ask({ method, path: `/invitation/${token}` })
      if (sessionOf(answer)) return verdict(false, 'a session')
    }
    const after = await use(target, token)
    return verdict(sessionOf(after) !== undefined, String(after.status))
  },
}

const revoked: Attack = {
  name: 'invitation: revoked',
  asvs: 'V6.4.1 V7.4.2',
  sent: 'the link of an invitation that was revoked',
  expected: '410, no account',
  async run(target) {
    const invited = await invite('--uses', '5')
    await revoke(invited)
    const answer = await use(target, invited.token)
    return verdict(isRefused(answer), String(answer.status))
  },
}

const otherPurpose: Attack = {
  name: 'invitation: the token of another link',
  asvs: 'V9.2.2 V6.4.1',
  sent: 'the token of a link that verifies an address; that of an invitation at a password reset and at the start of an account',
  expected: '410 each',
  needsEmails: true,
  async run(target) {
    const ada = await newOwner(target)
    const verifying = (await linkTo(ada.site, ada.email, '/verify-email')).split('/').at(-1)
    const first = await use(ada.site, verifying)
    const { token } = await invite()
    const second = await ada.site.json('/api/v1/reset-password', { token, new_password: passphrase() })
    const third = await ada.site.json('/api/v1/register/start', {
      token,
      password: passphrase(),
      new_password: passphrase(),
    })
    const areRefused = isRefused(first) && second.status === 410 && isRefused(third)
    return verdict(areRefused, `${first.status}, ${second.status}, ${third.status}`)
  },
}

export const invitations: Attack[] = [
  ...[madeUp, twice, tooMany, otherAddress, otherAccount, escalation, foreign, scanner, revoked, otherPurpose],
]
