// Lists of accounts: what is found, in which order, and that no page misses one or shows one twice.
import { stringify } from 'uuid'
import { beforeAll, expect, it } from 'vitest'
import { onEachDatabase } from '../../../tests/support/databases.ts'
import { join } from '../../../tests/support/groups.ts'
import { useApp } from '../../../tests/support/make-app.ts'
import { newId } from '../ids.ts'
import { parseAddress } from './address.ts'
import { listAccounts } from './list-storage.ts'
import type { AccountsWanted } from './list-wanted.ts'
import { accounts } from './storage.ts'

// In the order in which they register.
const people = [
  ['ada@example.org', 'Zoe Ada'],
  ['bob_1@example.org', 'ada Bob'],
  ['Bobby@example.org', 'Émile'],
  ['bobx1@example.org', 'Ädna'],
  ['carl%@example.org', 'Ada Carl'],
  ['dora@bücher.example', 'Dora'],
  ['adam@example.org', 'Bea'],
] as const

onEachDatabase('A list of accounts', (database) => {
  const app = useApp(database)
  const ids = new Map<string, Buffer>()

  beforeAll(async () => {
    const { db } = app().services.database
    for (const [email, name] of people) {
      const [id, address] = [newId(), parseAddress(email)]
      if (!address) throw new Error(email)
      await accounts.insert(db, { id, name, address, createdAt: app().clock.now() })
      ids.set(email, id)
    }
    await accounts.setDisabled(db, ids.get('adam@example.org') as Buffer, app().clock.now())
    await accounts.close(db, ids.get('Bobby@example.org') as Buffer, app().clock.now())
    await accounts.close(db, ids.get('dora@bücher.example') as Buffer, 0)
    await join(app(), { email: 'ada@example.org' }, 'staff')
    await join(app(), { email: 'carl%@example.org' }, 'staff')
  })

  /** All pages, of one account each, and of three: they must tell the same. */
  async function found(wanted: Omit<AccountsWanted, 'limit'>): Promise<string[]> {
    const [single, several] = [await walk(wanted, 1), await walk(wanted, 3)]
    expect(single).toEqual(several)
    return several
  }
  async function walk(wanted: Omit<AccountsWanted, 'limit'>, limit: number) {
    const all: string[] = []
    let cursor: string | undefined
    do {
      const page = await listAccounts(app().services.database.db, { ...wanted, limit, cursor })
      all.push(...(page?.accounts ?? []).map(({ email }) => email.split('@')[0] ?? ''))
      cursor = page?.next
    } while (cursor)
    return all
  }

  it('has three orders, and none whose rows are being removed', async () => {
    expect(await found({})).toEqual(['adam', 'carl%', 'bobx1', 'Bobby', 'bob_1', 'ada'])
    expect(await found({ order: 'address' })).toEqual(['ada', 'adam', 'bob_1', 'Bobby', 'bobx1', 'carl%'])
    expect(await found({ order: 'name' })).toEqual(['bob_1', 'carl%', 'adam', 'ada', 'bobx1', 'Bobby'])
  })

  it('is filtered by state and by group', async () => {
    expect(await found({ state: 'disabled' })).toEqual(['adam'])
    expect(await found({ state: 'deleted', order: 'name' })).toEqual(['Bobby'])
    expect(await found({ state: 'active', order: 'address' })).toEqual(['ada', 'bob_1', 'bobx1', 'carl%'])
    expect(await found({ group: 'staff' })).toEqual(['carl%', 'ada'])
    expect(await found({ group: 'staff', order: 'address', state: 'active' })).toEqual(['ada', 'carl%'])
    expect(await found({ group: 'nobody' })).toEqual([])
  })

  it('is filtered by what proves more than the password', async () => {
    const { db } = app().services.database
    const [ada, bob] = [ids.get('ada@example.org') as Buffer, ids.get('bob_1@example.org') as Buffer]
    await db.updateTable('gatelodge_accounts').set({ has_app: 1 }).where('id', '=', ada).execute()
    await db
      .insertInto('gatelodge_totp')
      .values({ account_id: ada, secret: 'x', last_step: 0, created_at: 0, last_used_at: null })
      .execute()
    for (const number of [1, 2])
      await db
        .insertInto('gatelodge_passkeys')
        .values({
          ...{
            id: newId(),
            account_id: bob,
            credential_key: Buffer.alloc(32, number),
            credential_id: 'x',
            public_key: 'x',
          },
          ...{
            counter: 0,
            transports: '',
            backup_eligible: 0,
            backup_state: 0,
            user_verified: 1,
            aaguid: '',
            rp_id: 'x',
          },
          ...{ name: 'x', created_at: 0, last_used_at: null },
        })
        .execute()
    expect(await found({ factor: 'app' })).toEqual(['ada'])
    expect(await found({ factor: 'passkey' })).toEqual(['bob_1'])
    expect(await found({ factor: 'none' })).toEqual(['adam', 'carl%', 'bobx1', 'Bobby'])
    expect(await found({ factor: 'app', group: 'staff' })).toEqual(['ada'])
    expect(await found({ factor: 'app', state: 'disabled' })).toEqual([])
    expect(await found({ factor: 'passkey', query: 'bob' })).toEqual(['bob_1'])
  })

  it('has each of many members once, and those of other states left out', async () => {
    const { db } = app().services.database
    const all = Array.from({ length: 450 }, (_, at) => ({ at, id: newId(Date.UTC(2020, 0, 1) + at) }))
    for (const [from, to] of [
      [0, 150],
      [150, 300],
      [300, 450],
    ] as const) {
      const some = all.slice(from, to)
      await accounts.insertMany(
        db,
        some.map(({ at, id }) => ({
          ...{ id, name: 'Member', createdAt: 0, disabledAt: at % 3 === 0 ? 1 : null },
          address: { given: `member${at}@example.net`, normalised: `member${at}@example.net` },
        })),
      )
      const members = some.map(({ id }) => ({ account_id: id, group_name: 'crowd', added_at: 0 }))
      await db.insertInto('gatelodge_group_members').values(members).execute()
    }
    const newestFirst = all.map(({ at }) => at).reverse()
    expect(await walk({ group: 'crowd' }, 120)).toEqual(newestFirst.map((at) => `member${at}`))
    const active = newestFirst.filter((at) => at % 3 !== 0)
    expect(await walk({ group: 'crowd', state: 'active' }, 70)).toEqual(active.map((at) => `member${at}`))
    await db.deleteFrom('gatelodge_accounts').where('name', '=', 'Member').execute()
    await db.deleteFrom('gatelodge_group_members').where('group_name', '=', 'crowd').execute()
  })

  it('finds by id, by address, and by how an address or a name begins, each account once', async () => {
    expect(await found({ query: stringify(ids.get('ada@example.org') as Buffer) })).toEqual(['ada'])
    expect(await found({ query: stringify(newId()) })).toEqual([])
    expect(await found({ query: ' ADA@example.org ' })).toEqual(['ada'])
    expect(await found({ query: 'ada' })).toEqual(['ada', 'adam', 'bob_1', 'carl%'])
    expect(await found({ query: 'BOB' })).toEqual(['bob_1', 'Bobby', 'bobx1'])
    expect(await found({ query: 'äd' })).toEqual(['bobx1'])
    expect(await found({ query: 'ada', state: 'disabled' })).toEqual(['adam'])
    expect(await found({ query: 'ada', group: 'staff' })).toEqual(['ada', 'carl%'])
  })

  it('V1.2.4 takes nothing of a query for a pattern or for SQL', async () => {
    expect(await found({ query: 'bob_' })).toEqual(['bob_1'])
    expect(await found({ query: 'carl%' })).toEqual(['carl%'])
    for (const query of ['%', '_', "a' or 1=1 --", '\\', '\0', '\x7f', '😀', 'x'.repeat(5_000)])
      expect(await found({ query }), query).toEqual([])
    expect(await found({ group: "' or ''='" })).toEqual([])
  })

  it('follows a name and an address that change', async () => {
    const { db } = app().services.database
    const id = ids.get('carl%@example.org') as Buffer
    await accounts.setName(db, id, 'Quentin')
    expect(await found({ query: 'quen' })).toEqual(['carl%'])
    const address = parseAddress('Yves@example.org')
    if (address) await accounts.setAddress(db, id, address, null)
    expect(await found({ query: 'yves' })).toEqual(['Yves'])
    expect(await found({ query: 'carl%' })).toEqual([])
  })

  it.each([
    '',
    'x',
    'W10',
    Buffer.from('name x ').toString('base64url'),
    Buffer.from(`odd ${stringify(newId())} a`).toString('base64url'),
  ])('refuses the cursor "%s", and that of another list', async (cursor) => {
    const { db } = app().services.database
    expect(await listAccounts(db, { limit: 1, cursor })).toBeUndefined()
    const page = await listAccounts(db, { limit: 1 })
    expect(await listAccounts(db, { limit: 1, order: 'name', cursor: page?.next })).toBeUndefined()
  })
})
