// What programs do with a key, as a program does it.
import { expect, it } from 'vitest'
import { keyed } from '../../../tests/support/admin-keys.ts'
import { onEachDatabase } from '../../../tests/support/databases.ts'
import { useApp } from '../../../tests/support/make-app.ts'
import type { Program } from '../../../tests/support/program.ts'
import type { CustomField } from '../../config/custom-fields.ts'
import { scopes } from '../../identity/keys/scopes.ts'

const fields: CustomField[] = [
  { name: 'company', label: 'Company', type: 'text', required: true, maxLength: 20 },
  { name: 'plan', label: 'Plan', type: 'select', options: ['Free', 'Paid'], required: false },
]
const reason = 'asked by phone'
const nowhere = '01995b7e-0000-7000-8000-000000000000'

interface Page {
  next: string | null
  code?: string
  accounts: { id: string }[]
  sessions: { id: string }[]
  groups: object[]
  records: object[]
}

onEachDatabase('With a key', (database) => {
  const app = useApp(database, { fields })
  const start = async () => (await keyed(app(), scopes)).program
  let made = 0
  const address = () => `by.key.${Date.now()}.${made++}@example.org`

  async function create(program: Program, more = {}) {
    const { body } = await program.post('/admin/accounts', { email: address(), name: 'Ada', ...more })
    return body as { id: string; email: string; state: string }
  }
  const get = async (program: Program, query: string, path = 'accounts') => {
    const { body } = await program.ask('GET', `/api/v1/admin/${path}?${query}`)
    return body as Page
  }

  it('an account is created as it was elsewhere, found, and refused a second time as taken', async () => {
    const program = await start()
    await program.post('/admin/groups', { group: 'readers', description: 'Read' })
    const email = address()
    const given = { email, name: 'Ada', email_verified: true, groups: ['readers'], fields: { company: 'ACME' } }
    const made = await program.post('/admin/accounts', { ...given, created_at: '2020-05-31T14:00:00+02:00' })
    expect(made.status).toBe(201)
    expect(made.body).toMatchObject({
      ...{
        email,
        email_verified: true,
        state: 'active',
        registered_at: '2020-05-31T12:00:00.000Z',
        groups: ['readers'],
      },
      ...{ fields: { company: 'ACME' }, has_second_factor: false, disabled_at: null, deletes_at: null },
    })
    const again = await program.post('/admin/accounts', given)
    expect([again.status, again.body]).toMatchObject([422, { errors: [{ field: 'email', code: 'taken' }] }])
    expect(await get(program, `email=${email}`, 'account')).toEqual(made.body)
    expect(await get(program, `id=${(made.body as { id: string }).id}`, 'account')).toEqual(made.body)
    expect((await get(program, `id=${nowhere}`, 'account')).code).toBe('not-found')
  })

  it.each([
    [{ email: 'x' }, 'email', 'form'],
    [{ name: '' }, 'name', 'empty'],
    [{ name: undefined }, 'name', 'empty'],
    [{ password: 'password1' }, 'password', 'common'],
    [{ password: 'amber ferry clock 7', password_hash: 'x' }, 'password_hash', 'two'],
    [{ password_hash: 'f'.repeat(32) }, 'password_hash', 'form'],
    [{ created_at: '2999-01-01T00:00:00Z' }, 'created_at', 'form'],
    [{ created_at: 'yesterday' }, 'created_at', 'not-text'],
    [{ groups: ['none'] }, 'groups', 'unknown'],
    [{ groups: 'none' }, 'groups', 'not-text'],
    [{ fields: { plan: 'Stolen' } }, 'plan', 'no-choice'],
    [{ fields: { shoe: '42' } }, 'shoe', 'unknown'],
    [{ email_verified: 'yes' }, 'email_verified', 'not-text'],
  ])('V2.2.1 creating with %j is refused at %s: %s, with a sentence', async (wrong, field, code) => {
    const program = await start()
    const answer = await program.post('/admin/accounts', { email: address(), name: 'Ada', ...wrong })
    expect([answer.status, answer.body]).toMatchObject([
      422,
      { errors: [{ field, code, message: expect.stringMatching(/\w/) }] },
    ])
  })

  it('an account is changed: name, fields, and the address with a reason; where that is refused, nothing is', async () => {
    const program = await start()
    const { id: account } = await create(program, { fields: { company: 'ACME', plan: 'Free' } })
    const { email: taken } = await create(program)
    const update = (body: object) => program.post('/admin/accounts/update', { account, ...body })
    expect((await update({ name: 'Grace', fields: { plan: '' } })).body).toMatchObject({
      name: 'Grace',
      fields: { company: 'ACME' },
    })
    for (const [body, problem] of [
      [
        { name: 'No', email: address() },
        { field: 'reason', code: 'empty' },
      ],
      [
        { name: 'No', email: taken, reason },
        { field: 'email', code: 'taken' },
      ],
      [
        { name: ' ', email: address(), reason },
        { field: 'name', code: 'empty' },
      ],
      [
        { name: 'No', fields: { company: '' }, reason },
        { field: 'company', code: 'empty' },
      ],
    ] as const)
      expect((await update(body)).body).toMatchObject({ errors: [problem] })
    const email = address()
    expect((await update({ email, email_verified: true, reason })).body).toMatchObject({
      name: 'Grace',
      email,
      email_verified: true,
    })
    expect((await update({ email_verified: true })).status).toBe(200)
    // As it is: nothing is done, and nobody gets an email.
    const records = async () => (await app().services.audit.latest({ most: 50 })).length
    const before = await records()
    expect((await update({ email, email_verified: true, name: 'Grace', reason })).status).toBe(200)
    expect(await records()).toBe(before)
    expect((await program.post('/admin/accounts/update', { account: nowhere, name: 'X' })).status).toBe(404)
  })

  it('V16.2.1 an account is disabled, enabled, deleted and restored, each with a reason and the key in the record', async () => {
    const program = await start()
    const { id: account } = await create(program)
    const act = (path: string, more: object = { reason }) =>
      program.post(`/admin/accounts/${path}`, { account, ...more })
    for (const [path, state] of [
      ['disable', 'disabled'],
      ['enable', 'active'],
      ['delete', 'deleted'],
      ['restore', 'active'],
    ] as const) {
      expect((await act(path, {})).body).toMatchObject({ errors: [{ field: 'reason', code: 'empty' }] })
      expect([path, (await act(path)).body]).toMatchObject([path, { state }])
      expect([path, (await act(path)).body]).toMatchObject([path, { code: 'state' }])
      const page = await get(program, `account=${account}&limit=1`, 'audit')
      expect(page.records[0]).toMatchObject({ account, actor: expect.stringMatching(/^key:/), note: reason })
    }
    expect((await act('verify', {})).body).toMatchObject({ email_verified: true })
    expect((await program.post('/admin/accounts/disable', { account: 'x', reason })).status).toBe(404)
  })

  it('V6.4.1 a reset link goes by email only, and no answer shows it', async () => {
    const program = await start()
    const { id: account } = await create(program)
    const answer = await program.post('/admin/accounts/reset-link', { account, reason, shown: true })
    expect([answer.status, answer.body]).toEqual([202, undefined])
    const { database: stored, emails } = app().services
    const kinds = (await emails.ofAccount(stored.db, Buffer.from(account.replaceAll('-', ''), 'hex'))).map(
      ({ kind }) => kind,
    )
    expect(kinds).toEqual(['reset-password'])
  })

  it('V7.4.5 sessions are listed a page at a time, and revoked, one or all', async () => {
    const program = await start()
    const password = 'amber ferry clock 7'
    const { id: account, email } = await create(program, { password })
    const logIn = () => app().visitor().json('POST', '/api/v1/login', { email, password })
    for (let times = 0; times < 22; times += 1) await logIn()
    const first = await get(program, `account=${account}`, 'sessions')
    const second = await get(program, `account=${account}&cursor=${first.next}`, 'sessions')
    const ids = [...first.sessions, ...second.sessions].map(({ id }) => id)
    expect([new Set(ids).size, second.next]).toEqual([22, null])
    const revoke = (session: string | undefined) => program.post('/admin/sessions/revoke', { account, session, reason })
    expect([(await revoke(ids[0])).status, (await revoke(ids[0])).status, (await revoke('x')).status]).toEqual([
      204, 404, 404,
    ])
    expect((await program.post('/admin/sessions/revoke-all', { account })).status).toBe(422)
    expect((await program.post('/admin/sessions/revoke-all', { account, reason })).status).toBe(204)
    expect((await get(program, `account=${account}`, 'sessions')).sessions).toEqual([])
    expect((await get(program, 'account=x', 'sessions')).code).toBe('not-found')
    expect((await get(program, `account=${account}&cursor=x`, 'sessions')).code).toBe('query')
  })

  it('groups are made, described, filled and deleted', async () => {
    const program = await start()
    const { id: account } = await create(program)
    const group = `board-${Date.now()}`
    const act = async (path: string, body: object) => {
      const answer = await program.post(`/admin/groups${path}`, { group, ...body })
      const { code, errors, groups } = (answer.body ?? {}) as {
        code?: string
        errors?: { code: string }[]
        groups?: string[]
      }
      return [answer.status, groups ?? errors?.[0]?.code ?? code]
    }
    expect(await act('', { description: 'x'.repeat(201) })).toEqual([422, 'not-text'])
    expect(await act('', { group: 'Board' })).toEqual([422, 'form'])
    expect(await act('/describe', { description: 'Run it' })).toEqual([422, 'unknown'])
    expect(await act('', { description: 'Run it' })).toEqual([204, undefined])
    expect(await act('', {})).toEqual([422, 'taken'])
    expect(await act('/describe', { description: 'Watch it', reason })).toEqual([204, undefined])
    expect((await get(program, 'limit=1', 'audit')).records[0]).toMatchObject({
      event: 'group.described',
      reason: group,
      note: reason,
    })
    const { groups } = await get(program, '', 'groups')
    expect(groups).toContainEqual({ name: group, description: 'Watch it', created_at: expect.stringMatching(/Z$/) })
    expect(await act('/add', { account })).toEqual([200, [group]])
    expect(await act('/add', { account })).toEqual([409, 'state'])
    expect(await get(program, `group=${group}`)).toMatchObject({ accounts: [{ id: account }], next: null })
    expect(await act('/remove', { account })).toEqual([200, []])
    expect(await act('/remove', { account })).toEqual([404, 'not-found'])
    expect(await act('/delete', {})).toEqual([204, undefined])
    expect(await act('/delete', {})).toEqual([422, 'unknown'])
    expect(await act('/delete', { group: 'administrators' })).toEqual([409, 'state'])
  })

  it('lists are read to their end by their cursors, and what is not understood is refused', async () => {
    const program = await start()
    const name = `Page ${Date.now()}`
    const made = [await create(program, { name }), await create(program, { name }), await create(program, { name })]
    const found: string[] = []
    let cursor = ''
    do {
      const page = await get(program, `query=${name}&limit=2${cursor}`)
      found.push(...page.accounts.map(({ id }) => id))
      cursor = page.next ? `&cursor=${page.next}` : ''
    } while (cursor !== '')
    expect(found.sort()).toEqual(made.map(({ id }) => id).sort())
    for (const wrong of ['limit=0', 'limit=1001', 'limit=x', 'state=gone', 'order=age', 'cursor=x'])
      expect((await get(program, wrong)).code, wrong).toBe('query')
    for (const wrong of ['limit=0', 'account=x', 'cursor=x'])
      expect((await get(program, wrong, 'audit')).code).toBe('query')
    // Names of groups are ASCII in the database, and MySQL fails where others are compared with them.
    expect((await get(program, 'cursor=%C3%BC', 'groups')).code).toBe('query')
    expect(await get(program, 'group=%C3%BC')).toMatchObject({ accounts: [], next: null })
    const strange = await program.post('/admin/groups/describe', { group: 'ü', description: 'x' })
    expect(strange.body).toMatchObject({ errors: [{ field: 'group', code: 'unknown' }] })
    const first = await get(program, 'limit=1', 'audit')
    const second = await get(program, `limit=1&cursor=${first.next}`, 'audit')
    expect(second.records[0]).not.toEqual(first.records[0])
  })
})
