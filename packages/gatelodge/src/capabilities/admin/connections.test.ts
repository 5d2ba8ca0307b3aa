// Taking away a way in by a provider: by a command, by a key, in the console; and the last way in stays.
import { stringify } from 'uuid'
import { afterEach, expect, it, vi } from 'vitest'
import { keyed } from '../../../tests/support/admin-keys.ts'
import { someAdministrator } from '../../../tests/support/administrators.ts'
import { onEachDatabase, onSqlite } from '../../../tests/support/databases.ts'
import { accountOf } from '../../../tests/support/groups.ts'
import { type TestApp, useApp } from '../../../tests/support/make-app.ts'
import { verbs } from '../../cli/connection.ts'
import type { VerbCall } from '../../cli/verbs.ts'
import { newId } from '../../identity/ids.ts'
import type { ActOrder } from './act.rules.ts'
import { perform } from './acts.ts'
import { removeConnection } from './connections.rules.ts'

async function connect({ services, clock }: TestApp, accountId: Buffer, provider: string): Promise<string> {
  const id = newId()
  await services.connections.rows.insert(services.database.db, {
    ...{ id, accountId, provider, issuer: 'https://id.example.org', subject: stringify(id) },
    ...{ email: 'elsewhere@example.org', createdAt: clock.now(), lastUsedAt: null },
  })
  return stringify(id)
}

async function connected(app: TestApp, ...providers: string[]) {
  const browser = app.visitor()
  const person = await browser.register()
  const { id } = await accountOf(app, person)
  const connections: string[] = []
  for (const provider of providers) connections.push(await connect(app, id, provider))
  const left = async () =>
    (await app.services.connections.rows.ofAccount(app.services.database.db, id)).map(({ provider }) => provider)
  return { browser, email: person.email ?? '', id, connections, left }
}

const source = { clientAddress: '', device: { isCommandLine: true as const }, requestId: '' }
const order: ActOrder = { actor: 'command', reason: 'asked by phone', source }

onEachDatabase('The last way in', (database) => {
  const app = useApp(database)

  it('stays, also of two that are taken away at the same moment', async () => {
    const { id, connections, left } = await connected(app(), 'google', 'github')
    const { passwords, database: stored } = app().services
    await passwords.remove(stored.db, id)
    const remove = (connection: string) => perform(removeConnection, app().services, order, id, { connection })
    const outcomes = await Promise.all(connections.map(remove))
    expect(outcomes.map(({ kind }) => kind).sort()).toEqual(['done', 'last-way-in'])
    expect(await left()).toHaveLength(1)
  })
})

onSqlite('A connection that is taken away', (database) => {
  const app = useApp(database)
  afterEach(() => vi.restoreAllMocks())

  const toldOf = async (id: Buffer) => ({
    record: (await app().services.audit.someOf(id)).at(-1),
    emails: (await app().services.emails.ofAccount(app().services.database.db, id)).map(({ kind }) => kind),
  })

  it('V16.2.1 V7.4.2 logs its owner out, who gets an email, and the record says who did it and why', async () => {
    const { browser, id, connections, left } = await connected(app(), 'google', 'github')
    const [connection = ''] = connections
    const remove = (input: { connection: string }, of = id) =>
      perform(removeConnection, app().services, order, of, input)
    const other = await connected(app())
    expect(await remove({ connection }, other.id)).toEqual({ kind: 'no-connection' })
    for (const none of ['', 'google', stringify(newId())])
      expect(await remove({ connection: none })).toEqual({ kind: 'no-connection' })
    expect((await browser.open('/account')).path).toBe('/account')
    expect(await remove({ connection })).toMatchObject({ kind: 'done' })
    expect(await left()).toEqual(['github'])
    expect((await browser.open('/account')).path).toBe('/login')
    const { record, emails } = await toldOf(id)
    expect(record).toMatchObject({
      event: 'connection.removed',
      actor: 'command',
      reason: 'google',
      note: order.reason,
    })
    expect(emails).toContain('connection-taken')
    expect(await remove({ connection })).toEqual({ kind: 'no-connection' })
  })

  async function command(name: 'list' | 'remove', words: string[], options = {}) {
    const said: string[] = []
    for (const way of ['log', 'error'] as const)
      vi.spyOn(console, way).mockImplementation((line: string) => void said.push(line))
    const call = { services: app().services, words, options, call: { settings: app().services.settings } }
    const code = await verbs[name]?.run(call as unknown as VerbCall)
    return [code, said.join('\n')] as const
  }

  it('by a command: by the name of its provider, or its id where there are two', async () => {
    const { email, connections, left } = await connected(app(), 'google', 'google')
    const options = { reason: 'asked by phone', yes: 'true' }
    const [, listed] = await command('list', [email])
    for (const id of connections) expect(listed).toContain(`${id}  google    elsewhere@example.org`)
    const [, json] = await command('list', [email], { json: 'true' })
    expect(JSON.parse(json)).toMatchObject(connections.map((id) => ({ id, provider: 'google', last_used_at: null })))
    const [unsure, why] = await command('remove', [email, 'google'], options)
    expect([unsure, why]).toEqual([2, expect.stringContaining(connections[1] ?? '')])
    expect(await command('remove', [email, connections[0] ?? ''], options)).toEqual([
      ...[0, `${email} can no longer log in by it.`],
    ])
    expect((await command('remove', [email, 'google'], options))[0]).toBe(0)
    expect((await command('remove', [email, 'google'], options))[0]).toBe(1)
    expect(await left()).toEqual([])
  })

  it('by a command: the last way in stays, and the command says what to do', async () => {
    const { email, id } = await connected(app(), 'google')
    await app().services.passwords.remove(app().services.database.db, id)
    const [code, said] = await command('remove', [email, 'google'], { reason: 'x', yes: 'true' })
    expect([code, said]).toEqual([1, expect.stringContaining(`gatelodge account reset-link ${email}`)])
  })

  it('V8.2.1 by a key with its scope', async () => {
    const { id, connections, left } = await connected(app(), 'google')
    const { program } = await keyed(app(), ['accounts:read', 'accounts:write'])
    const account = stringify(id)
    const listed = await program.ask('GET', `/api/v1/admin/connections?account=${account}`)
    expect(listed.body).toMatchObject({ connections: [{ id: connections[0], provider: 'google', last_used_at: null }] })
    const remove = (more: object) =>
      program.post('/admin/connections/remove', { account, connection: connections[0], ...more })
    expect((await remove({})).status).toBe(422)
    expect((await remove({ reason: 'x', connection: 'x' })).status).toBe(404)
    const credential = await app().services.passwords.findByAccount(app().services.database.db, id)
    await app().services.passwords.remove(app().services.database.db, id)
    expect(await remove({ reason: 'x' })).toMatchObject({ status: 409, body: { code: 'last-way-in' } })
    await app().services.passwords.insert(app().services.database.db, id, credential?.hash ?? '', app().clock.now())
    expect((await remove({ reason: 'x' })).status).toBe(204)
    expect(await left()).toEqual([])
  })

  it('in the console, from the list of ways to log in', async () => {
    const { browser } = await someAdministrator(app())
    const { id, connections, left } = await connected(app(), 'google')
    const path = `/admin/accounts/${stringify(id)}`
    const act = `${path}/remove-connection`
    expect((await browser.open(path)).html).toContain(`href="${act}?connection=${connections[0]}"`)
    await browser.open(`${act}?connection=${connections[0]}`)
    await browser.submit({ reason: ' ' }, act)
    expect([browser.page.path, browser.page.summary]).toEqual([act, ['Enter a reason']])
    await browser.submit({ reason: 'asked by phone' }, act)
    expect([browser.page.path, browser.page.notice]).toEqual([path, 'The account of the provider was disconnected.'])
    expect(await left()).toEqual([])
    await browser.open(`${act}?connection=${connections[0]}`)
    await browser.submit({ reason: 'again' }, act)
    expect([browser.page.path, browser.page.notice]).toEqual([path, 'It is disconnected already.'])
  })
})
