// The tables of groups and of their members.
import { sql } from 'kysely'
import type { Dialect } from '../../database/dialect.ts'
import type { GroupRow } from '../../database/schema.ts'
import type { Store } from '../../database/transaction.ts'
import { administratorsGroup, writeGroups } from './names.ts'

export interface Group {
  name: string
  description: string
  createdAt: number
}

export const groupRows = {
  /** A second one of that name is the primary key's to refuse: the error ends the transaction. */
  async insert(store: Store, { name, description, createdAt }: Group): Promise<void> {
    const row = { name, description, created_at: createdAt, changes: 0, closed_at: null }
    await store.insertInto('gatelodge_groups').values(row).execute()
  },

  async find(store: Store, name: string): Promise<Group | undefined> {
    const row = await open(store).where('name', '=', name).executeTakeFirst()
    return row && fromRow(row)
  },

  /** By name, those behind one that is known. */
  async list(store: Store, after: string, most: number): Promise<Group[]> {
    const rows = await open(store).where('name', '>', after).orderBy('name').limit(most).execute()
    return rows.map(fromRow)
  },

  /** It cannot be deleted before this transaction ends. @returns whether it is there, and takes members. */
  async holdOpen(store: Store, { shareLock }: Dialect, name: string): Promise<boolean> {
    const { rows } = await sql`
      select name from gatelodge_groups where name = ${name} and closed_at is null ${shareLock}`.execute(store)
    return rows.length > 0
  },

  /** @returns whether it is there. */
  async describe(store: Store, name: string, description: string): Promise<boolean> {
    const { numUpdatedRows } = await store
      .updateTable('gatelodge_groups')
      .set((row) => ({ description, changes: row('changes', '+', 1) }))
      .where('name', '=', name)
      .where('closed_at', 'is', null)
      .executeTakeFirst()
    return numUpdatedRows > 0n
  },

  /** It takes no members from here on. @returns whether it was there, closed or not. */
  async close(store: Store, name: string, now: number): Promise<boolean> {
    const { numUpdatedRows } = await store
      .updateTable('gatelodge_groups')
      .set((row) => ({ closed_at: now, changes: row('changes', '+', 1) }))
      .where('name', '=', name)
      .executeTakeFirst()
    return numUpdatedRows > 0n
  },

  async remove(store: Store, name: string): Promise<void> {
    await store.deleteFrom('gatelodge_groups').where('name', '=', name).execute()
  },

  async ofAccount(store: Store, accountId: Buffer): Promise<string[]> {
    const rows = await store
      .selectFrom('gatelodge_group_members')
      .select('group_name')
      .where('account_id', '=', accountId)
      .execute()
    return rows.map((row) => row.group_name)
  },

  /** The first members by their ids. */
  async someMembers(store: Store, name: string, most: number): Promise<Buffer[]> {
    const rows = await store
      .selectFrom('gatelodge_group_members')
      .select('account_id')
      .where('group_name', '=', name)
      .orderBy('account_id')
      .limit(most)
      .execute()
    return rows.map((row) => row.account_id)
  },

  async addMember(store: Store, accountId: Buffer, name: string, now: number): Promise<void> {
    const row = { account_id: accountId, group_name: name, added_at: now }
    await store.insertInto('gatelodge_group_members').values(row).execute()
  },

  async removeMember(store: Store, accountId: Buffer, name: string): Promise<void> {
    await store
      .deleteFrom('gatelodge_group_members')
      .where('account_id', '=', accountId)
      .where('group_name', '=', name)
      .execute()
  },

  /** The list on the account's own row: the caller has just changed its memberships, and holds that row. */
  async writeList(store: Store, accountId: Buffer, names: string[]): Promise<void> {
    const member_of = writeGroups(names)
    await store.updateTable('gatelodge_accounts').set({ member_of }).where('id', '=', accountId).execute()
  },

  /**
   * All who change who is an administrator come after one another from here on. It is a write, and no lock alone: in a
   * cluster that takes writes on several servers, only writes meet.
   */
  async holdAdministrators(store: Store): Promise<void> {
    await store
      .updateTable('gatelodge_groups')
      .set((row) => ({ changes: row('changes', '+', 1) }))
      .where('name', '=', administratorsGroup)
      .execute()
  },

  /** Whether someone beside that account is an administrator who may log in. @param except nobody is left out where undefined. */
  async hasAdministrator(store: Store, except?: Buffer): Promise<boolean> {
    const row = await store
      .selectFrom('gatelodge_group_members as member')
      .innerJoin('gatelodge_accounts as account', 'account.id', 'member.account_id')
      .select('account.id')
      .where('member.group_name', '=', administratorsGroup)
      .where('account.disabled_at', 'is', null)
      .where('account.deletes_at', 'is', null)
      .$if(except !== undefined, (query) => query.where('account.id', '!=', except as Buffer))
      .limit(1)
      .executeTakeFirst()
    return row !== undefined
  },
}

function open(store: Store) {
  return store.selectFrom('gatelodge_groups').selectAll().where('closed_at', 'is', null)
}

function fromRow({ name, description, created_at }: GroupRow): Group {
  return { name, description, createdAt: Number(created_at) }
}
