// API keys: what is stored of them, when they end, and what becomes of requests that may not do what they ask.
import { expect, it } from 'vitest'
import { keyed, revoke } from '../../../tests/support/admin-keys.ts'
import { onEachDatabase } from '../../../tests/support/databases.ts'
import { useApp } from '../../../tests/support/make-app.ts'
import { Program } from '../../../tests/support/program.ts'
import { days, hours, minutes, seconds } from '../../time.ts'
import { nobody, perform } from './acts.ts'
import { createKey, revokeKey } from './keys.rules.ts'

const order = {
  actor: 'command',
  source: { clientAddress: '', device: { isCommandLine: true as const }, requestId: '' },
}

onEachDatabase('An API key', (database) => {
  const app = useApp(database)
  const listed = async (name: string) => (await app().services.keys.list()).find((one) => one.name === name)
  const latest = async (most = 1) => app().services.audit.latest({ most })

  it('V11.4.1 V14.2.4 is shown once: the database has its hash, and no row has the key', async () => {
    const { name, text } = await keyed(app(), ['accounts:read'])
    expect(text).toMatch(/^gla_[\w-]{65}$/)
    const rows = await app().services.database.db.selectFrom('gatelodge_api_keys').selectAll().execute()
    expect(JSON.stringify(rows)).not.toContain(text.slice(-43))
    expect(await latest()).toMatchObject([{ event: 'key.created', reason: `${name}: accounts:read`, actor: 'command' }])
    expect(JSON.stringify(await latest(9))).not.toContain(text.slice(-43))
  })

  it('works until it ends by itself, or is revoked, which is recorded; and never under the same name again', async () => {
    const short = await keyed(app(), ['groups:read'], hours(1))
    const long = await keyed(app(), ['groups:read'])
    const statuses = async () => {
      const answers = await Promise.all([short, long].map(({ program }) => program.get('/admin/groups')))
      return answers.map(({ status }) => status)
    }
    expect(await statuses()).toEqual([200, 200])
    app().clock.pass(hours(1))
    expect(await statuses()).toEqual([401, 200])
    expect(await latest()).toMatchObject([
      { event: 'key.refused', reason: 'adminListGroups expired', actor: `key:${short.name}` },
    ])
    await revoke(app(), long.name)
    expect(await latest()).toMatchObject([{ event: 'key.revoked', reason: long.name }])
    expect(await statuses()).toEqual([401, 401])
    const again = (act: typeof createKey) =>
      perform(act, app().services, order, nobody, { name: long.name, scopes: ['groups:read'] })
    expect(await again(createKey)).toEqual({ kind: 'exists' })
    expect(await perform(revokeKey, app().services, order, nobody, { name: long.name })).toEqual({
      kind: 'was-revoked',
    })
    expect(await perform(revokeKey, app().services, order, nobody, { name: 'none' })).toEqual({ kind: 'no-key' })
  })

  it('V8.2.1 reads no account by changing nothing, and describes no group of administrators', async () => {
    const { program, text } = await keyed(app(), ['accounts:write', 'groups:write'])
    const email = `made.${Date.now()}@example.org`
    const made = await program.post('/admin/accounts', { email, name: 'Ada' })
    const { id } = made.body as { id: string }
    expect((await program.post('/admin/accounts/update', { account: id })).status).toBe(422)
    const group = { group: 'administrators', description: 'Safe to join' }
    expect((await program.post('/admin/groups/describe', group)).status).toBe(403)
    const early = { email: `early.${email}`, name: 'Ada', created_at: '1969-01-01T00:00:00Z' }
    const refused = await program.post('/admin/accounts', early)
    expect(refused.body).toMatchObject({ errors: [{ field: 'created_at', code: 'form' }] })
    // One key has one spelling.
    const other = `${text.slice(0, 25)}${String.fromCharCode(text.charCodeAt(25) + 1)}${text.slice(26)}`
    expect(await app().services.keys.find(text)).toBeTruthy()
    expect(await app().services.keys.find(other)).toBeUndefined()
  })

  it('V2.2.1 has a name, scopes that exist, and a life between an hour and a year', async () => {
    const make = (input: object) =>
      perform(createKey, app().services, order, nobody, { name: 'x', scopes: ['audit:read'], ...input } as never)
    expect(await make({ name: 'A key' })).toEqual({ kind: 'bad-name' })
    for (const life of [0, hours(1) - 1, days(365) + 1, -1]) expect(await make({ life })).toEqual({ kind: 'bad-life' })
    for (const scopes of [[], ['everything'], 'audit:read'])
      expect(await make({ scopes })).toMatchObject({ kind: 'bad-input' })
  })

  it('V16.3.2 of 16 at once that make the same name, one does; of 16 that revoke it, one does', async () => {
    const name = `race-${Date.now()}`
    const sixteen = <T>(one: () => Promise<T>) => Promise.all(Array.from({ length: 16 }, one))
    const made = await sixteen(() =>
      perform(createKey, app().services, order, nobody, { name, scopes: ['audit:read'] }),
    )
    expect(made.filter(({ kind }) => kind === 'done')).toHaveLength(1)
    const revoked = await sixteen(() => perform(revokeKey, app().services, order, nobody, { name }))
    expect(revoked.map(({ kind }) => kind).sort()).toEqual(['done', ...Array(15).fill('was-revoked')])
    const rows = await latest(40)
    expect(rows.filter(({ reason }) => reason?.startsWith(name))).toHaveLength(2)
  })

  it('16 requests at once with one key: an address gets one account, and each answer is right', async () => {
    const { program } = await keyed(app(), ['accounts:write', 'accounts:read'])
    const email = `sixteen.${Date.now()}@example.org`
    const answers = await Promise.all(
      Array.from({ length: 16 }, () => program.post('/admin/accounts', { email, name: 'Ada' })),
    )
    expect(answers.map(({ status }) => status).sort()).toEqual([201, ...Array(15).fill(422)])
  })

  it('is noted as used, in batches', async () => {
    const { name, program } = await keyed(app(), ['groups:read'])
    for (let times = 0; times < 3; times += 1) await program.get('/admin/groups')
    expect((await listed(name))?.lastUsedAt).toBeNull()
    await app().services.keys.writeUses()
    expect((await listed(name))?.lastUsedAt).toBe(app().clock.now())
  })

  it('V6.3.1 is refused with 429 after a hundred refusals in an hour, and no more is written; the right requests work', async () => {
    const { name, program } = await keyed(app(), ['groups:read'])
    const refused = await Promise.all(Array.from({ length: 100 }, () => program.get('/admin/audit')))
    expect(new Set(refused.map(({ status }) => status))).toEqual(new Set([403]))
    expect(refused[0]?.headers.get('www-authenticate')).toBe('Bearer error="insufficient_scope", scope="audit:read"')
    const count = async () => (await latest(300)).filter(({ actor }) => actor === `key:${name}`).length
    const before = await count()
    expect(before).toBe(100)
    const more = await program.get('/admin/audit')
    expect([more.status, Number(more.headers.get('retry-after')) > 0, await count()]).toEqual([429, true, before])
    expect((await program.get('/admin/groups')).status).toBe(200)
    app().clock.pass(hours(1) + seconds(1))
    expect((await program.get('/admin/audit')).status).toBe(403)
  })

  it('V2.4.1 changes at most 600 things in a minute', async () => {
    const { program } = await keyed(app(), ['groups:write'])
    const statuses: number[] = []
    for (let at = 0; at < 13; at += 1) {
      const fifty = Array.from({ length: 50 }, () => program.post('/admin/groups/delete', { group: 'none' }))
      statuses.push(...(await Promise.all(fifty)).map(({ status }) => status))
    }
    expect(statuses.filter((status) => status !== 429)).toHaveLength(600)
    app().clock.pass(minutes(1) + seconds(1))
    expect((await program.post('/admin/groups/delete', { group: 'none' })).status).toBe(422)
  })

  it('V11.2.4 nothing but the whole key works', async () => {
    const { text } = await keyed(app(), ['groups:read'])
    const other = await keyed(app(), ['groups:read'])
    const ask = async (token: string) => (await new Program(app(), token).get('/admin/groups')).status
    const wrong = [
      ...['', 'gla_', text.slice(0, -1), `${text}x`, text.slice(4), text.toUpperCase(), `gatelodge_${text.slice(4)}`],
      `${text.slice(0, 26)}${other.text.slice(26)}`,
      `${text.slice(0, -1)}${text.endsWith('A') ? 'B' : 'A'}`,
    ]
    for (const token of wrong) expect(await ask(token), token).toBe(401)
    expect(await ask(text)).toBe(200)
  })
})
