// `gatelodge group`: groups and their members.
import { nobody, perform } from '../capabilities/admin/acts.ts'
import { createGroup, deleteGroup, describeGroup, joinGroup, leaveGroup } from '../capabilities/admin/groups.rules.ts'
import { actVerb, askedBy } from './acts.ts'
import { onlyOne } from './admin.ts'
import { isSure, withoutAsking, withReason } from './ask.ts'
import type { Call } from './command.ts'
import { asJson, iso, moment, printJson, table } from './output.ts'
import { runVerb } from './run-verb.ts'
import type { Verbs } from './verbs.ts'

export const badName = 'A name has 1 to 64 of the characters a to z, 0 to 9, ".", "_" and "-".'
const noGroup = (group: unknown) => ({ failed: `There is no group ${group}.` })

export const verbs: Verbs = {
  list: {
    words: '',
    summary: 'print all groups',
    options: [asJson],
    async run({ services, options }) {
      const groups = []
      for (
        let some = await services.groups.list();
        some.length > 0;
        some = await services.groups.list(some.at(-1)?.name)
      )
        groups.push(...some)
      if (options.json === undefined)
        console.log(table(groups.map((one) => [one.name, moment(one.createdAt), one.description])))
      else printJson(groups.map(({ createdAt, ...group }) => ({ ...group, created_at: iso(createdAt) })))
      return 0
    },
  },
  create: {
    words: 'GROUP',
    summary: 'make a group',
    options: [{ name: 'description', value: 'TEXT', about: 'what it is for' }, withReason],
    async run({ services, words: [group = ''], options }) {
      const input = { group, description: options.description }
      const { kind } = await perform(createGroup, services, askedBy({ options }), nobody, input)
      if (kind === 'done') console.log(`The group ${group} is there.`)
      else if (kind === 'exists') console.error(`There is a group ${group} already.`)
      else console.error(kind === 'bad-input' ? 'The description is too long.' : badName)
      return kind === 'done' ? 0 : kind === 'exists' ? 1 : 2
    },
  },
  describe: {
    words: 'GROUP TEXT',
    summary: 'change the description of a group',
    options: [withReason],
    async run({ services, words: [group = '', description = ''], options }) {
      const { kind } = await perform(describeGroup, services, askedBy({ options }), nobody, { group, description })
      if (kind === 'done') console.log(`The group ${group} has a new description.`)
      else console.error(kind === 'bad-input' ? 'The description is too long.' : noGroup(group).failed)
      return kind === 'done' ? 0 : kind === 'bad-input' ? 2 : 1
    },
  },
  delete: {
    words: 'GROUP',
    summary: 'delete a group; its members stay',
    options: [withReason, withoutAsking],
    async run({ services, words: [group = ''], options }) {
      if (!(await isSure(`Delete the group ${group}?`, options))) return 1
      const { kind } = await perform(deleteGroup, services, askedBy({ options }), nobody, { group })
      if (kind === 'done') console.log(`The group ${group} is deleted.`)
      else console.error(kind === 'needed' ? 'The group administrators is needed.' : noGroup(group).failed)
      return kind === 'done' ? 0 : 1
    },
  },
  add: actVerb(joinGroup, {
    summary: 'add an account to a group',
    words: 'GROUP',
    input: async ({ words }) => ({ group: words[1] }),
    says(outcome, { email }, { group }) {
      if (outcome.kind === 'no-group') return noGroup(group)
      if (outcome.kind === 'too-many-groups') return { failed: `${email} is in too many groups to join another.` }
      return `${email} is in the group ${group}.`
    },
  }),
  remove: actVerb(leaveGroup, {
    summary: 'remove an account from a group',
    words: 'GROUP',
    input: async ({ words }) => ({ group: words[1] }),
    says(outcome, { email }, { group }) {
      if (outcome.kind === 'last-administrator') return { failed: onlyOne }
      return `${email} is not in the group ${group}.`
    },
  }),
}

export const run = (call: Call) => runVerb('group', verbs, call)
