// Groups and their members, for administrators. Knows no HTTP and no SQL.
import { z } from 'zod'
import { isGroupName } from '../../config/group-name.ts'
import type { Store } from '../../database/transaction.ts'
import { plainLine } from '../../identity/accounts/name.ts'
import { administratorsGroup } from '../../identity/groups/names.ts'
import { idFrom } from '../../identity/ids.ts'
import type { Services } from '../../services.ts'
import {
  type Act,
  type ActOrder,
  changeAccount,
  type LastAdministrator,
  type NoAccount,
  NotByKey,
} from './act.rules.ts'
import { addAdministrator, removeAdministrator } from './administrators.rules.ts'

/** Characters of a description. */
const longestDescription = 200

const plain = (text: string) => plainLine(text, longestDescription)

const Named = z.object({ group: z.string() })
const Described = z.object({
  group: z.string(),
  description: z.string().max(longestDescription).default('').transform(plain),
})

/**
 * The owner gets an email where a person did it in the console: it gives or takes rights. A command, an app or a program
 * that keeps groups in step with a list of its own would send one for each change.
 */
const byPerson = ({ actor }: ActOrder) => (idFrom(actor) ? { kind: 'groups-changed' as const } : undefined)

type Membership =
  | { kind: 'done' }
  | NoAccount
  | LastAdministrator
  | { kind: 'no-group' | 'too-many-groups' | 'member' | 'no-member' }

/** Into `administrators`, it is the act of making an administrator. */
export const joinGroup: Act<typeof Named, Membership> = {
  name: 'join-group',
  input: Named,
  needsReason: false,
  scope: 'groups:write',
  amountsTo: ({ group }) => (group === administratorsGroup ? addAdministrator : undefined),
  event: 'group.joined',
  email: 'groups-changed',
  async run(needs, order, id, { group }) {
    if (group === administratorsGroup) {
      const outcome = await addAdministrator.run(needs, order, id, {})
      if (outcome.kind === 'administrator') return { kind: 'member' }
      return outcome.kind === 'too-many-groups' ? { kind: 'too-many-groups' } : outcome
    }
    return changeAccount<Exclude<Membership, { kind: 'done' } | NoAccount>>(needs, order, id, {
      event: 'group.joined',
      email: byPerson(order),
      about: group,
      async work(trx) {
        const joined = await needs.groups.join(trx, id, group)
        return joined === 'joined' ? undefined : { kind: joined }
      },
    })
  },
}

export const leaveGroup: Act<typeof Named, Membership> = {
  name: 'leave-group',
  input: Named,
  needsReason: false,
  scope: 'groups:write',
  amountsTo: ({ group }) => (group === administratorsGroup ? removeAdministrator : undefined),
  event: 'group.left',
  email: 'groups-changed',
  async run(needs, order, id, { group }) {
    if (group === administratorsGroup) {
      const outcome = await removeAdministrator.run(needs, order, id, {})
      return outcome.kind === 'no-administrator' ? { kind: 'no-member' } : outcome
    }
    return changeAccount<Exclude<Membership, { kind: 'done' } | NoAccount>>(needs, order, id, {
      event: 'group.left',
      email: byPerson(order),
      about: group,
      async work(trx) {
        const left = await needs.groups.leave(trx, id, group)
        return left === 'left' ? undefined : { kind: left }
      },
    })
  },
}

type GroupOutcome = { kind: 'done' } | { kind: 'bad-name' | 'exists' | 'no-group' | 'needed' }

/** What concerns a group and no account. */
async function changeGroup(
  { database, audit }: Pick<Services, 'database' | 'audit'>,
  { actor, reason, source }: ActOrder,
  event: 'group.created' | 'group.described' | 'group.deleted',
  group: string,
  work: (trx: Store) => Promise<GroupOutcome>,
): Promise<GroupOutcome> {
  const record = audit.record(event, source, { reason: group, actor, ...(reason && { note: reason }) })
  const done: GroupOutcome = { kind: 'done' }
  const outcome = await database.transact(
    async (trx) => {
      const did = await work(trx)
      if (did.kind === 'done') await audit.write(trx, record)
      return did
    },
    async (db) => ((await audit.isWritten(db, record)) ? done : undefined),
  )
  return outcome === 'duplicate' ? { kind: 'exists' } : outcome
}

export const createGroup: Act<typeof Described, GroupOutcome> = {
  name: 'create-group',
  input: Described,
  needsReason: false,
  scope: 'groups:write',
  event: 'group.created',
  async run(needs, order, _, { group, description }) {
    if (!isGroupName(group)) return { kind: 'bad-name' }
    return changeGroup(needs, order, 'group.created', group, async (trx) => {
      await needs.groups.create(trx, group, description)
      return { kind: 'done' }
    })
  },
}

/** Its name never changes: apps know it. */
export const describeGroup: Act<typeof Described, GroupOutcome> = {
  name: 'describe-group',
  input: Described,
  needsReason: false,
  scope: 'groups:write',
  event: 'group.described',
  async run(needs, order, _, { group, description }) {
    // What it says there is what administrators read before they make someone one of them.
    if (group === administratorsGroup && order.scopes) throw new NotByKey()
    return changeGroup(needs, order, 'group.described', group, async (trx) =>
      (await needs.groups.describe(trx, group, description)) ? { kind: 'done' } : { kind: 'no-group' },
    )
  },
}

/** Its members are taken out of it, some at a time; it takes no new ones meanwhile. Run again, it goes on. */
export const deleteGroup: Act<typeof Named, GroupOutcome> = {
  name: 'delete-group',
  input: Named,
  needsReason: false,
  scope: 'groups:write',
  event: 'group.deleted',
  async run(needs, order, _, { group }) {
    if (group === administratorsGroup) return { kind: 'needed' }
    const { database, accounts, groups } = needs
    if (!(await groups.close(group))) return { kind: 'no-group' }
    for (let members = await groups.someMembers(group); members.length > 0; members = await groups.someMembers(group)) {
      for (const id of members)
        await database.transact(
          async (trx) => {
            await accounts.holdAny(trx, database.dialect, id)
            await groups.leave(trx, id, group)
          },
          async () => undefined,
        )
    }
    return changeGroup(needs, order, 'group.deleted', group, async (trx) => {
      await groups.remove(trx, group)
      return { kind: 'done' }
    })
  },
}
