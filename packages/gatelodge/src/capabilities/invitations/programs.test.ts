// Invitations by a program with a key.
import { expect, it } from 'vitest'
import { keyed } from '../../../tests/support/admin-keys.ts'
import { onSqlite } from '../../../tests/support/databases.ts'
import { emailsTo } from '../../../tests/support/emails.ts'
import { makeGroup } from '../../../tests/support/groups.ts'
import { useApp } from '../../../tests/support/make-app.ts'
import { someone } from '../../../tests/support/visitor.ts'
import { days, minutes } from '../../time.ts'

const path = '/admin/invitations'
const own = ['invitations:read', 'invitations:write'] as const

interface Told {
  id: string
  link: string
  state: string
  expires_at: string
  invitations: Told[]
  next: string | null
}

onSqlite('With a key', (database) => {
  const app = useApp(database)
  const latest = async () => (await app().services.audit.latest({ most: 1 }))[0]

  it('V7.4.1 a link is created, shown once, used, and revoked, by the key in the record', async () => {
    const { name, program } = await keyed(app(), [...own, 'groups:write'])
    await makeGroup(app(), 'editors')
    const made = await program.post(path, { groups: ['editors'], uses: 2, reason: ` ${'y'.repeat(600)}` })
    const { id, link } = made.body as Told
    expect(made).toMatchObject({
      ...{ status: 201, body: { email: null, groups: ['editors'], uses: 2, used: 0, state: 'open' } },
    })
    expect(made.body).toMatchObject({
      created_by: `key:${name}`,
      link: expect.stringMatching(/\/invitation\/[\w-]{43}$/),
    })
    const actor = `key:${name}`
    expect(await latest()).toMatchObject({ event: 'invitation.created', actor, reason: id, note: 'y'.repeat(500) })

    const guest = app().visitor()
    await guest.open(new URL(link).pathname)
    await guest.submit(someone())
    expect(await guest.account()).toMatchObject({ groups: ['editors'] })

    const revoke = () => program.post(`${path}/revoke`, { invitation: id, reason: 'over' })
    expect([(await revoke()).status, (await revoke()).body]).toMatchObject([204, { code: 'state' }])
    expect(await latest()).toMatchObject({ event: 'invitation.revoked', actor, reason: id, note: 'over' })
    expect((await program.post(`${path}/revoke`, { invitation: 'x' })).status).toBe(404)
    const page = (await program.ask('GET', `/api/v1${path}?limit=1`)).body as Told
    expect(page.invitations).toMatchObject([{ id, used: 1, state: 'revoked' }])
    expect(JSON.stringify(page)).not.toContain(link.slice(-43))
  })

  it('an address gets an email, and the program no link', async () => {
    const { program } = await keyed(app(), own)
    const email = `invited.${Date.now()}@example.org`
    const { now } = app().clock
    const expires_at = new Date(now() + days(2)).toISOString()
    expect((await program.post(path, { email, expires_at })).body).toMatchObject({ email, link: null, expires_at })
    expect((await emailsTo(app(), email)).map(({ kind }) => kind)).toEqual(['invitation'])
  })

  it('V8.2.1 V8.2.2 no key invites to administrators, and only one with groups:write to other groups', async () => {
    await makeGroup(app(), 'writers')
    const all = await keyed(app(), [...own, 'groups:write'])
    const few = await keyed(app(), own)
    for (const [{ name, program }, group] of [
      [all, 'administrators'],
      [few, 'administrators'],
      [few, 'writers'],
    ] as const) {
      const answer = await program.post(path, { groups: ['writers', group] })
      expect([answer.status, answer.body]).toMatchObject([403, { code: 'key-scope' }])
      const record = { event: 'key.refused', actor: `key:${name}`, reason: 'create-invitation' }
      expect(await latest()).toMatchObject(record)
    }
    expect((await all.program.post(path, { groups: ['writers'] })).status).toBe(201)
  })

  it('V2.2.1 says at the field what is wrong, and reads a list to its end', async () => {
    const { program } = await keyed(app(), [...own, 'groups:write'])
    const at = (life: number) => new Date(app().clock.now() + life).toISOString()
    const groups = Array.from({ length: 101 }, (_, one) => `g${one}`)
    for (const [body, problem] of [
      [{ email: 'no address' }, { field: 'email', code: 'form' }],
      [
        { email: 'ada@example.org', uses: 2 },
        { field: 'uses', code: 'one' },
      ],
      [{ uses: 0 }, { field: 'uses', code: 'not-text' }],
      [{ groups: ['none'] }, { field: 'groups', code: 'unknown' }],
      [{ groups }, { field: 'groups', code: 'too-many' }],
      [{ expires_at: at(minutes(4)) }, { field: 'expires_at', code: 'form' }],
      [{ expires_at: at(days(366)) }, { field: 'expires_at', code: 'form' }],
      [{ expires_at: 'soon' }, { field: 'expires_at', code: 'not-text' }],
    ] as const)
      expect([body, (await program.post(path, body)).body]).toMatchObject([body, { errors: [problem] }])
    const made: string[] = []
    for (let times = 0; times < 3; times += 1) made.unshift(((await program.post(path)).body as Told).id)
    const read = async (query: string) => (await program.ask('GET', `/api/v1${path}?${query}`)).body as Told
    const first = await read('limit=2')
    const second = await read(`limit=1&cursor=${first.next}`)
    expect([...first.invitations, ...second.invitations].map(({ id }) => id)).toEqual(made)
    for (const wrong of ['limit=0', 'cursor=x']) expect(await read(wrong)).toMatchObject({ code: 'query' })
  })

  it('V6.3.1 one key sends at most 200 in an hour', async () => {
    const { program } = await keyed(app(), own)
    const statuses: number[] = []
    for (let times = 0; times < 201; times += 1) statuses.push((await program.post(path)).status)
    expect([statuses.filter((status) => status === 201).length, statuses.at(-1)]).toEqual([200, 429])
  })
})
