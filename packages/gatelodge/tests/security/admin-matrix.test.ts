// Each operation for keys, asked by everyone who may not: collected from the operations, so that a new one is in the matrix.
// And each act has an operation, or is named here as one that no key may do.
import { expect, it } from 'vitest'
import { operations } from '../../src/app.ts'
import { acts } from '../../src/capabilities/admin/acts.ts'
import { type Scope, scopes } from '../../src/identity/keys/scopes.ts'
import { hours } from '../../src/time.ts'
import { keyed, revoke } from '../support/admin-keys.ts'
import { onSqlite } from '../support/databases.ts'
import { accountOf, join } from '../support/groups.ts'
import { useApp } from '../support/make-app.ts'
import { Program } from '../support/program.ts'
import { broken } from '../support/promised.ts'
import { someone } from '../support/visitor.ts'

const forKeys = operations.filter(({ who }) => who === 'key')

/** By act: the operation that does it. */
const operationOf: Record<string, string | null> = {
  'create-account': 'adminCreateAccount',
  'set-name': 'adminUpdateAccount',
  'set-address': 'adminUpdateAccount',
  'set-fields': 'adminUpdateAccount',
  'verify-address': 'adminVerifyAddress',
  'set-password': null,
  'make-reset-link': 'adminSendResetLink',
  'demand-new-password': 'adminRequireNewPassword',
  'reset-two-factor': null,
  'end-sessions': 'adminRevokeSessions',
  'end-session': 'adminRevokeSession',
  'remove-connection': 'adminRemoveConnection',
  'disable-account': 'adminDisableAccount',
  'enable-account': 'adminEnableAccount',
  'delete-account': 'adminDeleteAccount',
  'restore-account': 'adminRestoreAccount',
  'add-administrator': null,
  'remove-administrator': null,
  'join-group': 'adminAddToGroup',
  'leave-group': 'adminRemoveFromGroup',
  'create-group': 'adminCreateGroup',
  'describe-group': 'adminDescribeGroup',
  'delete-group': 'adminDeleteGroup',
  'create-key': null,
  'revoke-key': null,
  'send-email-again': null,
  'order-bulk-act': null,
  'download-accounts': null,
}

it('V8.1.1 each act has its operation with the scope that it declares, or none where no key may do it', () => {
  expect(Object.keys(operationOf).sort()).toEqual(acts.map(({ name }) => name).sort())
  for (const { name, scope } of acts) {
    const one = forKeys.find(({ id }) => id === operationOf[name])
    expect([name, one?.admin?.scope ?? null]).toEqual([name, scope])
  }
  // Every operation at such an address is for keys, and says which scope it takes.
  expect(operations.filter(({ path }) => path.startsWith('/admin/')).map(({ id }) => id)).toEqual(
    forKeys.map(({ id }) => id),
  )
  for (const { admin } of forKeys) expect(scopes).toContain(admin?.scope)
})

onSqlite('Each operation for keys', (database) => {
  const app = useApp(database)
  const nowhere = '01995b7e-0000-7000-8000-000000000000'
  const body = {
    account: nowhere,
    session: nowhere,
    connection: nowhere,
    group: 'none',
    reason: 'a test',
    email: 'x',
    name: 'x',
  }
  const ask = (program: Program, one: (typeof operations)[number], more = {}) =>
    program.ask(one.method, `/api/v1${one.path}`, one.method === 'POST' ? body : undefined, more)

  async function askers() {
    const bearer = async (...groups: string[]) => {
      const person = someone()
      const program = new Program(app())
      const { token } = (await program.post('/register', { ...person, session: 'bearer' })).body as { token: string }
      if (groups.length > 0) await join(app(), person, ...groups)
      return new Program(app(), token)
    }
    const expired = await keyed(app(), scopes, hours(1))
    app().clock.pass(hours(1))
    const revoked = await keyed(app(), scopes)
    await revoke(app(), revoked.name)
    return {
      visitor: new Program(app()),
      'a made-up key': new Program(app(), `gla_${'x'.repeat(65)}`),
      account: await bearer(),
      'member of a group': await bearer('editors'),
      administrator: await bearer('administrators'),
      'expired key': expired.program,
      'revoked key': revoked.program,
    }
  }

  it('V8.2.1 V8.3.1 V16.3.2 lets in no visitor, no session and no key that is over, and each refusal is recorded', async () => {
    for (const [who, program] of Object.entries(await askers()))
      for (const one of forKeys) {
        const before = await app().services.audit.latest({ most: 1 })
        const answer = await ask(program, one)
        expect([who, one.id, answer.status, (answer.body as { code: string }).code]).toEqual([
          who,
          one.id,
          401,
          'key-required',
        ])
        expect(broken(one, answer)).toBeUndefined()
        const [record] = await app().services.audit.latest({ most: 1 })
        expect(record?.id).not.toEqual(before[0]?.id)
        expect(record).toMatchObject({ event: 'key.refused', outcome: 'refused' })
        expect(record?.reason).toContain(one.id)
      }
  })

  it('V8.2.1 lets in a key with its scope, and none that has only the others', async () => {
    for (const one of forKeys) {
      const scope = one.admin?.scope as Scope
      const [right, wrong] = [
        await keyed(app(), [scope]),
        await keyed(
          app(),
          scopes.filter((each) => each !== scope),
        ),
      ]
      const no = await ask(wrong.program, one)
      expect([one.id, no.status, (no.body as { code: string }).code]).toEqual([one.id, 403, 'key-scope'])
      const yes = await ask(right.program, one)
      expect([one.id, yes.status]).not.toEqual([one.id, 401])
      expect((yes.body as { code?: string } | undefined)?.code, one.id).not.toBe('key-scope')
      expect(broken(one, yes)).toBeUndefined()
    }
  })

  it('V3.5.1 a key beside a session cookie is refused, and so is a key anywhere else', async () => {
    const { program, text } = await keyed(app(), scopes)
    const browser = app().visitor()
    await browser.register()
    const [cookie] = browser.sessionCookie ? [`gatelodge=${browser.sessionCookie}`] : []
    for (const one of forKeys.slice(0, 3))
      expect((await ask(program, one, { cookie })).body).toMatchObject({ code: 'two-credentials' })
    const elsewhere = operations.filter(({ who }) => who === 'logged-in' || who === 'recently-authenticated')
    for (const one of elsewhere)
      expect([one.id, (await ask(new Program(app(), text), one)).status]).toEqual([
        one.id,
        one.id === 'confirmTwoFactor' ? 422 : 401,
      ])
  })

  it('V8.3.1 a key does nothing to an administrator, and makes none', async () => {
    const { program } = await keyed(app(), scopes)
    const person = someone()
    await new Program(app()).post('/register', person)
    await join(app(), person, 'administrators')
    const { id } = await accountOf(app(), person)
    const account = id.toString('hex').replace(/(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-')
    const before = await accountOf(app(), person)
    const onOne = forKeys.filter(({ method, body }) => method === 'POST' && 'account' in body.shape)
    for (const one of onOne) {
      const sent = { ...body, account, email: `evil.${Date.now()}@example.org`, email_verified: true }
      const answer = await program.ask('POST', `/api/v1${one.path}`, sent)
      expect([one.id, answer.status, answer.body]).toMatchObject([one.id, 403, { code: 'key-scope' }])
    }
    expect(await accountOf(app(), person)).toEqual(before)
    const other = (await program.post('/admin/accounts', { email: `other.${Date.now()}@example.org`, name: 'O' }))
      .body as { id: string }
    const joined = await program.post('/admin/groups/add', { account: other.id, group: 'administrators' })
    expect(joined.body).toMatchObject({ code: 'key-scope' })
    const made = { email: `made.${Date.now()}@example.org`, name: 'M', groups: ['administrators'] }
    expect((await program.post('/admin/accounts', made)).body).toMatchObject({ code: 'key-scope' })
  })
})
