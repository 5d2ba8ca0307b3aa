// Groups that follow a claim of a provider, by the front door.
import { afterAll, beforeAll, expect, it } from 'vitest'
import { onSqlite } from '../../../tests/support/databases.ts'
import { type FakeProvider, startFakeProvider } from '../../../tests/support/fake-provider.ts'
import { accountOf, join, makeGroup } from '../../../tests/support/groups.ts'
import { makeApp, type TestApp } from '../../../tests/support/make-app.ts'
import type { Visitor } from '../../../tests/support/visitor.ts'
import { hours } from '../../time.ts'

let count = 0
const someone = (groups?: unknown) => {
  count += 1
  return { sub: `sub-${count}`, email: `person-${count}@example.org`, email_verified: true, name: 'Grace', groups }
}
type Person = ReturnType<typeof someone>

onSqlite('Groups by a provider', (database) => {
  let provider: FakeProvider
  let app: TestApp

  beforeAll(async () => {
    provider = await startFakeProvider()
    const map = { 'Acme Staff': 'staff', Ops: ['ops', 'staff'], Ghosts: 'not-there', Phantoms: 'phantoms' }
    const connections = [
      provider.setting({ groups: { map } }),
      provider.setting({ name: 'once', label: 'Once', groups: { map, when: 'first-login' } }),
    ]
    app = await makeApp(database, { connections })
    for (const name of ['staff', 'ops', 'friends']) await makeGroup(app, name)
  })
  afterAll(async () => {
    await app.close()
    await provider.close()
  })

  async function joinBy(name: string, person: Person): Promise<Visitor> {
    const visitor = app.visitor()
    await provider.logIn(visitor, person, {}, `/login/with/${name}`)
    await visitor.submit({ name: 'Grace' })
    return visitor
  }
  const groupsOf = async (person: Person) => (await accountOf(app, person)).groups
  async function recordedOf(person: Person) {
    const { id } = await accountOf(app, person)
    const events = await app.services.audit.someOf(id)
    return events
      .filter(({ event }) => event.startsWith('group.'))
      .map(({ event, actor, reason }) => `${event} ${reason} ${actor}`)
  }

  it('V16.2.1 V16.3.2 are those of the first login, and the record says by what', async () => {
    const person = someone(['Ops', 'Ghosts', 'Others'])
    const visitor = await joinBy('fake', person)
    expect(await groupsOf(person)).toEqual(['ops', 'staff'])
    expect((await visitor.account()).groups).toEqual(['ops', 'staff'])
    const recorded = await recordedOf(person)
    expect(recorded.sort()).toEqual(['group.joined ops connection:fake', 'group.joined staff connection:fake'])
  })

  it('V16.2.5 a group that does not exist is named in the log, once an hour, with nothing about the person', async () => {
    const warnings = () => app.logged.filter(({ msg }) => msg === 'connection.group-missing')
    app.clock.pass(hours(1))
    const before = warnings().length
    const person = someone(['Phantoms', 'Ops'])
    await joinBy('fake', person)
    await provider.logIn(app.visitor(), { ...person, groups: 'Phantoms' })
    const [warning, ...more] = warnings().slice(before)
    expect(more).toEqual([])
    const { level, msg, time, ...rest } = warning ?? {}
    expect({ level, msg, rest }).toEqual({
      ...{ level: 'warn', msg: 'connection.group-missing' },
      rest: { provider: 'fake', group: 'phantoms' },
    })
    expect(time).toBeDefined()
    app.clock.pass(hours(1))
    await provider.logIn(app.visitor(), { ...person, groups: ['Phantoms', 'Acme Staff'] })
    expect(warnings().length).toBe(before + 2)
    await makeGroup(app, 'phantoms')
    app.clock.pass(hours(1))
    await provider.logIn(app.visitor(), { ...person, groups: 'Phantoms' })
    expect(await groupsOf(person)).toEqual(['phantoms'])
    expect(warnings().length).toBe(before + 2)
  })

  it('V8.3.2 follow each login, at once in every session; those that the mapping does not know stay', async () => {
    const person = someone('Acme Staff')
    const elsewhere = await joinBy('fake', person)
    await join(app, { email: person.email }, 'friends')
    const before = (await recordedOf(person)).length
    await provider.logIn(app.visitor(), person)
    expect((await recordedOf(person)).length).toBe(before)
    await provider.logIn(app.visitor(), { ...person, groups: undefined })
    expect((await elsewhere.account()).groups).toEqual(['friends'])
    await provider.logIn(app.visitor(), { ...person, groups: ['Ops'] })
    expect((await elsewhere.account()).groups).toEqual(['friends', 'ops', 'staff'])
    expect((await recordedOf(person)).slice(before)).toEqual([
      'group.left staff connection:fake',
      'group.joined staff connection:fake',
      'group.joined ops connection:fake',
    ])
  })

  it('stay as they are where the token does not say them, and where the person does not get in', async () => {
    const person = someone(['Acme Staff'])
    await joinBy('fake', person)
    const more = { ...person, groups: undefined, _claim_names: { groups: 'src1' } }
    expect((await provider.logIn(app.visitor(), more)).path).toBe('/account')
    expect(await groupsOf(person)).toEqual(['staff'])
    const { accounts, database: db } = app.services
    await accounts.setDisabled(db.db, (await accountOf(app, person)).id, app.clock.now())
    await provider.logIn(app.visitor(), { ...person, groups: ['Ops'] })
    expect(await groupsOf(person)).toEqual(['staff'])
  })

  it('are given once where the setting says so, and never taken away', async () => {
    const person = someone(['Acme Staff'])
    await joinBy('once', person)
    expect(await groupsOf(person)).toEqual(['staff'])
    await provider.logIn(app.visitor(), { ...person, groups: ['Ops'] }, {}, '/login/with/once')
    expect(await groupsOf(person)).toEqual(['staff'])
  })

  it('come with a connection that an owner adds, and with an account that is taken over', async () => {
    const owner = app.visitor()
    const registered = await owner.register({ name: 'Ada' })
    await provider.logIn(owner, someone(['Ops']), {}, '/account/connections/add/once')
    expect((await owner.account()).groups).toEqual(['ops', 'staff'])
    expect(registered.email).toBeTruthy()

    const person = someone(['Acme Staff'])
    await app.visitor().register({ name: 'Stranger', email: person.email })
    expect((await provider.logIn(app.visitor(), person)).path).toBe('/account')
    expect(await groupsOf(person)).toEqual(['staff'])
  })

  it('keep nobody out for whom there is no room', async () => {
    const person = someone([])
    await joinBy('fake', person)
    const names = Array.from({ length: 49 }, (_, index) => `club-${index}`)
    await join(app, { email: person.email }, ...names)
    expect((await provider.logIn(app.visitor(), { ...person, groups: ['Ops'] })).path).toBe('/account')
    expect(await groupsOf(person)).toHaveLength(50)
  })
})
