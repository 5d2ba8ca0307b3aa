// `gatelodge invite`: who may have an account.
import { stringify } from 'uuid'
import { type JudgedInvitation, listInvitations } from '../capabilities/invitations/list.rules.ts'
import {
  createInvitation,
  longestLife,
  type Made,
  mostUses,
  NewInvitation,
  revokeInvitation,
  shortestLife,
} from '../capabilities/invitations/make.rules.ts'
import { duration, spellDuration } from '../config/values.ts'
import { idFrom } from '../identity/ids.ts'
import { minutes } from '../time.ts'
import { askedBy } from './acts.ts'
import { withReason } from './ask.ts'
import type { Call } from './command.ts'
import { asJson, iso, moment, printJson, table } from './output.ts'
import { after, limit, limitFrom } from './pages.ts'
import { runVerb } from './run-verb.ts'
import type { VerbCall, Verbs } from './verbs.ts'

export const verbs: Verbs = {
  create: {
    words: '[ADDRESS]',
    summary: 'invite one person by email; without an address, print a link for anyone who gets it',
    options: [
      { name: 'groups', value: 'A,B', about: 'groups that the accounts will be in' },
      { name: 'uses', value: 'N', about: 'how many people may use the link; default: 1' },
      { name: 'expires', value: 'TIME', about: 'how long it works, such as 7d; default: the setting invitationLife' },
      ...[withReason, asJson],
    ],
    async run({ services, words: [email], options }) {
      const input = inputFrom(email, options)
      if (!input) return 2
      const outcome = await createInvitation(services, askedBy({ options }), input)
      if (outcome.kind !== 'done') {
        console.error(whyNot(outcome, email))
        return 1
      }
      const { invitation, address } = outcome
      if (options.json !== undefined)
        printJson({ ...told({ ...invitation, state: 'open' }), ...(address && { link: address }) })
      else console.log(address ?? `The invitation is on its way to ${invitation.email}.`)
      if (options.json === undefined) console.error(`Expires: ${moment(invitation.expiresAt)}`)
      return 0
    },
  },
  list: {
    words: '',
    summary: 'print the invitations, the newest first',
    options: [limit, after, asJson],
    async run({ services, options }) {
      const most = limitFrom(options)
      if (most === undefined) return 2
      const page = await listInvitations(services, { before: options.after, most })
      if (!page) {
        console.error('--after is what the page before printed.')
        return 2
      }
      if (options.json !== undefined) printJson({ invitations: page.invitations.map(told), next: page.next ?? null })
      else {
        console.log(
          page.invitations.length > 0 ? table([heads, ...page.invitations.map(row)]) : 'There are no invitations.',
        )
        if (page.next) console.error(`There are more: --after ${page.next}`)
      }
      return 0
    },
  },
  revoke: {
    words: 'ID',
    summary: 'revoke an invitation: its link no longer works; accounts that it made stay',
    options: [withReason],
    async run({ services, words: [word = ''], options }) {
      const id = idFrom(word)
      const outcome = id ? await revokeInvitation(services, askedBy({ options }), id) : { kind: 'no-invitation' }
      if (outcome.kind === 'done') console.log('The invitation is revoked: its link no longer works.')
      else if (outcome.kind === 'over') console.error('The invitation was used, has expired or was revoked already.')
      else console.error('There is no such invitation. "gatelodge invite list" prints their IDs.')
      return outcome.kind === 'done' ? 0 : 1
    },
  },
}

export const run = (call: Call) => runVerb('invite', verbs, call)

const life = duration(shortestLife, longestLife)

/** @returns undefined where an option is not as it should be: stderr has said so. */
function inputFrom(email: string | undefined, { groups = '', uses = '1', expires }: VerbCall['options']) {
  const lasts = expires === undefined ? undefined : life.safeParse(expires)
  if (lasts?.success === false) {
    console.error(
      `--expires is a duration such as 12h or 30d, from ${spellDuration(shortestLife)} to ${spellDuration(longestLife)}.`,
    )
    return undefined
  }
  const names = groups
    .split(',')
    .map((name) => name.trim())
    .filter(Boolean)
  const read = NewInvitation.safeParse({ email, groups: names, uses: Number(uses), life: lasts?.data })
  if (!read.success) console.error(`--uses is a whole number from 1 to ${mostUses}.`)
  return read.data
}

function whyNot(outcome: Exclude<Made, { kind: 'done' }>, email: string | undefined): string {
  switch (outcome.kind) {
    case 'bad-address':
      return `${email} is not an email address.`
    case 'one-use':
      return 'An invitation by email is for one person. For several, leave the address out.'
    case 'no-group':
      return `There is no group ${outcome.group}.`
    case 'no-administrators':
      return 'No invitation makes an administrator. Use: gatelodge admin link'
    case 'too-many-groups':
      return 'These are too many groups.'
    case 'email-not-set-up':
      return 'No emails are sent here. Leave the address out to get a link.'
    case 'rate-limited':
      return `Too many invitations were sent to ${email}. Try again in ${Math.ceil(outcome.wait / minutes(1))} minutes.`
  }
}

const heads = ['ID', 'FOR', 'GROUPS', 'USED', 'STATE', 'EXPIRES']

const forWhom = ({ email, emailKey }: JudgedInvitation) => email ?? (emailKey ? '-' : 'anyone')

const row = (one: JudgedInvitation) => [
  ...[stringify(one.id), forWhom(one), one.groups.join(', ') || '-', `${one.used} of ${one.mostUses}`],
  ...[one.state, moment(one.expiresAt)],
]

const told = (one: JudgedInvitation) => ({
  ...{ id: stringify(one.id), email: one.email, groups: one.groups, uses: one.mostUses, used: one.used },
  ...{ state: one.state, created_at: iso(one.createdAt), expires_at: iso(one.expiresAt) },
  ...{ revoked_at: iso(one.revokedAt), created_by: one.actor },
})
