// Accounts, sessions and groups in the code of an app: the same rules as the commands, recorded as done by code.
import { afterAll, beforeAll, expect, it } from 'vitest'
import { type Gatelodge, GatelodgeRefusal } from '../../src/index.ts'
import { onEachDatabase } from '../support/databases.ts'
import { openGatelodge } from '../support/embed.ts'

const why = { reason: 'asked' }
const nowhere = '01995b7e-0000-7000-8000-000000000000'

onEachDatabase('In code', (database) => {
  let gatelodge: Gatelodge
  beforeAll(async () => {
    gatelodge = await openGatelodge(database)
  })
  afterAll(() => gatelodge.close())

  const refused = (code: string) => expect.objectContaining({ name: 'GatelodgeRefusal', code })

  it('an account is created, found, changed, disabled, enabled, deleted and restored', async () => {
    const { accounts } = gatelodge
    const createdAt = new Date('2020-05-31T12:00:00Z')
    const made = await accounts.create({ email: 'Ada@example.org', name: 'Ada', emailVerified: true, createdAt })
    expect(made).toMatchObject({
      email: 'Ada@example.org',
      state: 'active',
      registeredAt: createdAt,
      emailVerified: true,
    })
    expect(await accounts.get(made.id)).toEqual(made)
    expect(await accounts.findByEmail('ada@EXAMPLE.org')).toEqual(made)
    expect([await accounts.get(nowhere), await accounts.get('x'), await accounts.findByEmail('x')]).toEqual([
      null,
      null,
      null,
    ])
    await expect(accounts.create({ email: 'ada@example.org', name: 'Ada' })).rejects.toEqual(refused('taken'))
    await expect(accounts.create({ email: 'b@example.org', name: 'B', password: 'password1' })).rejects.toBeInstanceOf(
      GatelodgeRefusal,
    )
    expect(await accounts.update(made.id, { name: 'Grace' })).toMatchObject({ name: 'Grace', email: 'Ada@example.org' })
    const other = await accounts.create({ email: 'other@example.org', name: 'Other' })
    await expect(accounts.update(made.id, { name: 'No', email: 'other@example.org', ...why })).rejects.toEqual(
      refused('taken'),
    )
    expect(await accounts.get(made.id)).toMatchObject({ name: 'Grace' })
    expect(await accounts.update(other.id, { email: 'new@example.org', emailVerified: true, ...why })).toMatchObject({
      email: 'new@example.org',
      emailVerified: true,
    })
    await accounts.disable(made.id, why)
    expect(await accounts.get(made.id)).toMatchObject({ state: 'disabled', disabledAt: expect.any(Date) })
    await expect(accounts.disable(made.id, why)).rejects.toEqual(refused('disabled'))
    await accounts.enable(made.id, why)
    await accounts.delete(made.id, why)
    expect(await accounts.get(made.id)).toMatchObject({ state: 'deleted', deletesAt: expect.any(Date) })
    await accounts.restore(made.id, why)
    expect(await accounts.get(made.id)).toMatchObject({ state: 'active', deletesAt: null })
  })

  it('accounts are listed by page, query, group and state', async () => {
    const { accounts } = gatelodge
    const first = await accounts.list({ order: 'address', limit: 1 })
    expect(first.accounts.map(({ email }) => email)).toEqual(['Ada@example.org'])
    const second = await accounts.list({ order: 'address', cursor: first.next ?? '' })
    expect(second).toMatchObject({ accounts: [{ email: 'new@example.org' }], next: null })
    expect((await accounts.list({ query: 'grace', state: 'active' })).accounts).toHaveLength(1)
    await expect(accounts.list({ cursor: 'x' })).rejects.toEqual(refused('bad-input'))
    await expect(accounts.list({ limit: 0 })).rejects.toEqual(refused('bad-input'))
  })

  it('people are invited, listed, and an invitation is revoked', async () => {
    const { invitations, groups } = gatelodge
    await groups.create('invited')
    const made = await invitations.create({ groups: ['invited'], uses: 3 })
    expect(made).toMatchObject({ email: null, groups: ['invited'], uses: 3, used: 0, state: 'open' })
    expect(made.link).toMatch(/\/invitation\/[\w-]{43}$/)
    expect(await invitations.create({ email: 'guest@example.org' })).toMatchObject({ link: null, uses: 1 })
    expect((await invitations.list({ limit: 1 })).invitations.map(({ email }) => email)).toEqual(['guest@example.org'])
    await invitations.revoke(made.id)
    await expect(invitations.revoke(made.id)).rejects.toEqual(refused('over'))
    await expect(invitations.revoke(nowhere)).rejects.toEqual(refused('no-invitation'))
    await expect(invitations.create({ groups: ['administrators'] })).rejects.toEqual(refused('no-administrators'))
    await expect(invitations.create({ uses: 0 })).rejects.toEqual(refused('bad-input'))
    await groups.delete('invited')
  })

  it('groups are made, filled and deleted', async () => {
    const { accounts, groups } = gatelodge
    const id = (await accounts.findByEmail('ada@example.org'))?.id ?? ''
    await groups.create('editors', { description: 'Write' })
    await expect(groups.create('editors')).rejects.toEqual(refused('exists'))
    await expect(groups.create('Editors')).rejects.toEqual(refused('bad-name'))
    expect(await groups.list()).toContainEqual({ name: 'editors', description: 'Write' })
    await groups.describe('editors', 'Write and edit')
    expect(await groups.list()).toContainEqual({ name: 'editors', description: 'Write and edit' })
    await expect(groups.describe('none', 'x')).rejects.toEqual(refused('no-group'))
    await expect(groups.describe('editors', 'x'.repeat(201))).rejects.toEqual(refused('bad-input'))
    await groups.add(id, 'editors')
    await expect(groups.add(id, 'none')).rejects.toEqual(refused('no-group'))
    expect((await accounts.list({ group: 'editors' })).accounts.map((one) => one.id)).toEqual([id])
    await groups.remove(id, 'editors')
    await groups.add(id, 'administrators')
    await expect(groups.remove(id, 'administrators', why)).rejects.toEqual(refused('last-administrator'))
    await expect(accounts.delete(id, why)).rejects.toEqual(refused('last-administrator'))
    await groups.delete('editors')
    expect((await groups.list()).map(({ name }) => name)).toEqual(['administrators'])
  })

  it('V7.4.5 sessions are listed and revoked, one or all', async () => {
    const { account, headers } = await gatelodge.test.loginAs({ email: 'cleo@example.org' })
    const second = await gatelodge.test.loginAs({ email: 'cleo@example.org' })
    const { sessions } = gatelodge
    const [one, two] = await sessions.list(account.id)
    expect(one).toMatchObject({ startedAt: expect.any(Date), device: expect.any(String) })
    await expect(sessions.revoke(account.id, nowhere, why)).rejects.toEqual(refused('no-session'))
    await sessions.revoke(account.id, one?.id ?? '', why)
    expect((await sessions.list(account.id)).map(({ id }) => id)).toEqual([two?.id])
    await expect(gatelodge.accounts.requireNewPassword(account.id, why)).rejects.toEqual(refused('no-password'))
    expect(await sessions.list(account.id)).toHaveLength(1)
    await sessions.revokeAll(account.id, why)
    expect(await sessions.list(account.id)).toEqual([])
    for (const each of [headers, second.headers]) expect(await gatelodge.session(new Headers(each))).toBeNull()
  })

  it('V16.2.2 what touches the safety of an account is refused without a reason, and nothing changes', async () => {
    const { accounts, sessions, groups } = gatelodge
    const { id } = await accounts.create({ email: 'why@example.org', name: 'Why' })
    await groups.add(id, 'administrators')
    const before = await accounts.get(id)
    const none = { reason: ' ' }
    const acts = [
      accounts.disable,
      accounts.enable,
      accounts.delete,
      accounts.restore,
      accounts.requireNewPassword,
      sessions.revokeAll,
    ]
    for (const act of acts) await expect(act(id, none)).rejects.toEqual(refused('reason-needed'))
    await expect(sessions.revoke(id, nowhere, none)).rejects.toEqual(refused('reason-needed'))
    await expect(accounts.update(id, { name: 'Y', email: 'why2@example.org' })).rejects.toEqual(
      refused('reason-needed'),
    )
    await expect(groups.remove(id, 'administrators')).rejects.toEqual(refused('reason-needed'))
    expect(await accounts.get(id)).toEqual(before)
  })

  it('every act on an account that is not there is refused', async () => {
    const { accounts, sessions, groups } = gatelodge
    const acts = [
      ...[accounts.disable, accounts.enable, accounts.delete, accounts.restore, accounts.requireNewPassword],
      ...[sessions.revokeAll, sessions.list],
      ...[(id: string) => accounts.update(id, { name: 'Ada' }), (id: string) => sessions.revoke(id, nowhere, why)],
      ...[(id: string) => groups.add(id, 'administrators'), (id: string) => groups.remove(id, 'administrators', why)],
    ]
    for (const act of acts)
      for (const id of [nowhere, 'x', '']) await expect(act(id, why)).rejects.toEqual(refused('no-account'))
  })
})
