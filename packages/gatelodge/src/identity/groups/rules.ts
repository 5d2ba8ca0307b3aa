// Who is in which group. The rows of memberships are what counts; the list on the account's row is a copy of them for the
// look-up of sessions, and the functions here are the only ones that change either (docs/decisions/0028-groups-on-the-account.md).
import { isGroupName } from '../../config/group-name.ts'
import type { Database } from '../../database/connect.ts'
import type { Store } from '../../database/transaction.ts'
import type { Clock } from '../../time.ts'
import { administratorsGroup, mostGroups } from './names.ts'
import { type Group, groupRows } from './storage.ts'

export type Joined = 'joined' | 'member' | 'no-group' | 'too-many-groups'
export type Left = 'left' | 'no-member' | 'last-administrator'

export interface Groups {
  find(store: Store, name: string): Promise<Group | undefined>
  /** A second one of that name ends the transaction. */
  create(store: Store, name: string, description: string): Promise<void>
  /** @returns whether it is there. */
  describe(store: Store, name: string, description: string): Promise<boolean>
  /** It takes no members from here on. @returns whether it was there. */
  close(name: string): Promise<boolean>
  /** Some of its members; none: it is empty. */
  someMembers(name: string): Promise<Buffer[]>
  /** One without members. */
  remove(store: Store, name: string): Promise<void>
  /** By name, at most a hundred, those behind one that is known. */
  list(after?: string): Promise<Group[]>
  /** The caller holds the account's row. */
  join(store: Store, accountId: Buffer, name: string): Promise<Joined>
  /** The caller holds the account's row. */
  leave(store: Store, accountId: Buffer, name: string): Promise<Left>
  /**
   * Asked before an administrator is closed, disabled or taken out: of two at once, the second one waits for the first and
   * sees what it did. The caller holds the account's row. @returns whether the site keeps one without that account.
   */
  keepsAdministrator(store: Store, accountId: Buffer): Promise<boolean>
  /** Whether anyone runs the site. */
  hasAdministrator(): Promise<boolean>
}

const most = 100

export function createGroups({ db, dialect }: Pick<Database, 'db' | 'dialect'>, clock: Clock): Groups {
  async function keepsAdministrator(store: Store, accountId: Buffer): Promise<boolean> {
    await groupRows.holdAdministrators(store)
    return groupRows.hasAdministrator(store, accountId)
  }
  return {
    // Names are ASCII in the database: MySQL fails where others are compared with them.
    find: async (store, name) => (isGroupName(name) ? groupRows.find(store, name) : undefined),
    create: (store, name, description) => groupRows.insert(store, { name, description, createdAt: clock.now() }),
    describe: async (store, name, description) => isGroupName(name) && groupRows.describe(store, name, description),
    close: async (name) => isGroupName(name) && groupRows.close(db, name, clock.now()),
    someMembers: (name) => groupRows.someMembers(db, name, most),
    remove: groupRows.remove,
    list: (after = '') => groupRows.list(db, after, most),
    async join(store, accountId, name) {
      if (!isGroupName(name)) return 'no-group'
      if (name === administratorsGroup) await groupRows.holdAdministrators(store)
      if (!(await groupRows.holdOpen(store, dialect, name))) return 'no-group'
      const names = await groupRows.ofAccount(store, accountId)
      if (names.includes(name)) return 'member'
      if (names.length >= mostGroups) return 'too-many-groups'
      await groupRows.addMember(store, accountId, name, clock.now())
      await groupRows.writeList(store, accountId, [...names, name])
      return 'joined'
    },
    async leave(store, accountId, name) {
      const names = await groupRows.ofAccount(store, accountId)
      if (!names.includes(name)) return 'no-member'
      if (name === administratorsGroup && !(await keepsAdministrator(store, accountId))) return 'last-administrator'
      await groupRows.removeMember(store, accountId, name)
      await groupRows.writeList(
        store,
        accountId,
        names.filter((one) => one !== name),
      )
      return 'left'
    },
    keepsAdministrator,
    hasAdministrator: () => groupRows.hasAdministrator(db),
  }
}
