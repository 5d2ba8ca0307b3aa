// `gatelodge account`: what is done to one account.
import { resetTwoFactor } from '../capabilities/admin/factors.rules.ts'
import { disableAccount, enableAccount } from '../capabilities/admin/state.rules.ts'
import { actVerb } from './acts.ts'
import { onlyOne } from './admin.ts'
import type { Call } from './command.ts'
import { runVerb, type Verbs } from './verbs.ts'

export const verbs: Verbs = {
  disable: actVerb(disableAccount, {
    summary: 'nobody logs in to it any more; all its devices are logged out',
    says(outcome, { email }) {
      return outcome.kind === 'last-administrator' ? { failed: onlyOne } : `${email} can no longer log in.`
    },
  }),
  enable: actVerb(enableAccount, {
    summary: 'its owner can log in again; brings back one that was deleted, too, as long as it is there',
    says: (_, { email }) => `${email} can log in.`,
  }),
  'reset-two-factor': actVerb(resetTwoFactor, {
    summary: 'for an owner who has lost the app and all recovery codes; all devices are logged out',
    says(outcome, { email }) {
      if (outcome.kind === 'no-second-factor') return { failed: `The account ${email} has no second factor.` }
      return `${email} now logs in without a second factor.`
    },
  }),
}

export const run = (call: Call) => runVerb('account', verbs, call)
