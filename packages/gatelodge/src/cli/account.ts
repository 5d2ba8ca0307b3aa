// `gatelodge account`: what is done to one account.
import { deleteAccount, restoreAccount } from '../capabilities/admin/deletion.rules.ts'
import { resetTwoFactor } from '../capabilities/admin/factors.rules.ts'
import { demandNewPassword, makeResetLink, setPassword } from '../capabilities/admin/password.rules.ts'
import { setAddress, setName, verifyAddress } from '../capabilities/admin/profile.rules.ts'
import { disableAccount, enableAccount } from '../capabilities/admin/state.rules.ts'
import { createVerb } from './account-create.ts'
import { listVerb } from './account-list.ts'
import { groupsVerb, logOutVerb, sessionsVerb } from './account-sessions.ts'
import { showAccount } from './account-show.ts'
import { actVerb } from './acts.ts'
import { onlyOne } from './admin.ts'
import { passwordFrom, passwordOptions } from './ask.ts'
import type { Call } from './command.ts'
import { runVerb } from './run-verb.ts'
import type { Verbs } from './verbs.ts'

export const verbs: Verbs = {
  create: createVerb,
  list: listVerb,
  show: showAccount,
  sessions: sessionsVerb,
  groups: groupsVerb,
  verify: actVerb(verifyAddress, {
    summary: 'mark the address as verified, without an email',
    says: (_, { email }) => `The address ${email} is verified.`,
  }),
  'set-name': actVerb(setName, {
    summary: 'change the name',
    words: 'NAME',
    input: async ({ words }) => ({ name: words[1] ?? '' }),
    says(outcome, _, { name }) {
      if (outcome.kind === 'bad-name') return { failed: `This name cannot be used (${outcome.code}).` }
      return outcome.kind === 'same-name' ? `The name is ${name} already.` : `The name is now ${name}.`
    },
  }),
  'set-address': actVerb(setAddress, {
    summary: 'change the email address; all devices are logged out',
    words: 'NEW-ADDRESS',
    options: [{ name: 'verified', about: 'the new address is known to belong to the user' }],
    input: async ({ words, options }) => ({ email: words[1] ?? '', verified: options.verified !== undefined }),
    says(outcome, { email: before }, { email }) {
      if (outcome.kind === 'bad-address') return { failed: `${email} is not an email address.` }
      if (outcome.kind === 'same-address') return `This is the address of ${before} already. Nothing was changed.`
      if (outcome.kind === 'taken') return { failed: `Another account has the address ${email}.` }
      if (outcome.kind === 'reserved') return { failed: `The owner of ${email} can still take the address back.` }
      return `${before} now has the address ${email}.`
    },
  }),
  'set-password': actVerb(setPassword, {
    summary: 'set a new password; all devices are logged out',
    options: passwordOptions,
    async input({ options }) {
      const given = await passwordFrom(options)
      if (!given) console.error('Give the password with --password-file - or FILE, or use --generate-password.')
      return given
    },
    says(outcome, { email }, { password, isMade }) {
      if (outcome.kind === 'weak') return { failed: `This password cannot be used (${outcome.code}).` }
      return isMade ? `${email} has the password: ${password}` : `${email} has a new password.`
    },
  }),
  'reset-link': actVerb(makeResetLink, {
    summary: 'send a link to set a new password',
    options: [{ name: 'print', about: 'print the link instead; not for administrators' }],
    input: async ({ options }) => ({ shown: options.print !== undefined }),
    says(outcome, { email }) {
      if (outcome.kind === 'closed') return { failed: `${email} is disabled or deleted.` }
      if (outcome.kind === 'email-not-set-up') return { failed: 'No emails are sent here. Use --print.' }
      if (outcome.kind === 'too-many-emails') return { failed: `${email} has had too many emails today. Use --print.` }
      if (outcome.kind === 'only-by-email') return { failed: 'The link of an administrator is only sent by email.' }
      return 'address' in outcome && outcome.address ? outcome.address : `The link is on its way to ${email}.`
    },
  }),
  'require-new-password': actVerb(demandNewPassword, {
    summary: 'ask for a new password at the next login; all devices are logged out',
    says(outcome, { email }) {
      if (outcome.kind === 'no-password') return { failed: `The account ${email} has no password.` }
      return `${email} must choose a new password at the next login with the old one.`
    },
  }),
  'log-out': logOutVerb,
  disable: actVerb(disableAccount, {
    summary: 'nobody can log in to it; all devices are logged out',
    says(outcome, { email }) {
      return outcome.kind === 'last-administrator' ? { failed: onlyOne } : `${email} can no longer log in.`
    },
  }),
  enable: actVerb(enableAccount, {
    summary: 'its owner can log in again; also restores a deleted account that is still there',
    says: (_, { email }) => `${email} can log in.`,
  }),
  delete: actVerb(deleteAccount, {
    summary: 'close it at once, and remove its data after deletionDelay',
    sure: ({ email }) => `Delete the account ${email}?`,
    says(outcome, { email }) {
      return outcome.kind === 'last-administrator' ? { failed: onlyOne } : `${email} is deleted.`
    },
  }),
  restore: actVerb(restoreAccount, {
    summary: 'bring back a deleted account that is still there',
    says(outcome, { email }) {
      if (outcome.kind === 'not-deleted') return { failed: `${email} is not deleted.` }
      if (outcome.kind === 'disabled') return { failed: `${email} is disabled. Use: gatelodge account enable ${email}` }
      return `${email} can log in again.`
    },
  }),
  'reset-two-factor': actVerb(resetTwoFactor, {
    summary: 'for a user who has lost the app and all recovery codes; all devices are logged out',
    says(outcome, { email }) {
      if (outcome.kind === 'no-second-factor') return { failed: `The account ${email} has no second factor.` }
      return `${email} now logs in without a second factor.`
    },
  }),
}

export const run = (call: Call) => runVerb('account', verbs, call)
