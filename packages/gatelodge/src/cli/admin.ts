// `gatelodge admin`: who runs the site.
import { addAdministrator, removeAdministrator } from '../capabilities/admin/administrators.rules.ts'
import { makeAdministratorLink } from '../capabilities/admin/link.rules.ts'
import { minutes } from '../time.ts'
import { actVerb, operator } from './acts.ts'
import type { Call } from './command.ts'
import { runVerb } from './run-verb.ts'
import type { Verbs } from './verbs.ts'

export const onlyOne =
  'This is the only administrator. Make someone else an administrator first: gatelodge admin add ADDRESS'

export const verbs: Verbs = {
  link: {
    words: '',
    summary: 'print a link: a person who opens it and logs in becomes an administrator (once, for 30 minutes)',
    async run({ services }) {
      const { address, life } = await makeAdministratorLink(services, operator)
      console.log(address)
      console.error(`It works once, for ${life / minutes(1)} minutes. Earlier links no longer work.`)
      return 0
    },
  },
  add: actVerb(addAdministrator, {
    summary: 'make an account an administrator; all its devices are logged out',
    says(outcome, { email }) {
      if (outcome.kind === 'administrator') return `${email} is an administrator already.`
      if (outcome.kind === 'too-many-groups') return { failed: `${email} is in too many groups to join another.` }
      return `${email} is an administrator from the next login on.`
    },
  }),
  remove: actVerb(removeAdministrator, {
    summary: 'make an administrator an ordinary account; all its devices are logged out',
    sure: ({ email }) => `Take the administrator ${email} out?`,
    says(outcome, { email }) {
      if (outcome.kind === 'last-administrator') return { failed: onlyOne }
      if (outcome.kind === 'no-administrator') return { failed: `${email} is no administrator.` }
      return `${email} is no longer an administrator.`
    },
  }),
}

export const run = (call: Call) => runVerb('admin', verbs, call)
