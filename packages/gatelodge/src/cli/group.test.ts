// `gatelodge group describe` and `account list --group`, as a shell sees them.
import { afterEach, expect, it, vi } from 'vitest'
import { onSqlite } from '../../tests/support/databases.ts'
import { makeGroup } from '../../tests/support/groups.ts'
import { useApp } from '../../tests/support/make-app.ts'
import { listVerb } from './account-list.ts'
import { verbs } from './group.ts'
import type { Verb, VerbCall } from './verbs.ts'

onSqlite('Groups, by commands', (database) => {
  const app = useApp(database)
  afterEach(() => vi.restoreAllMocks())

  async function say(verb: Verb | undefined, words: string[], options: object) {
    const said: string[] = []
    for (const way of ['log', 'error'] as const)
      vi.spyOn(console, way).mockImplementation((line: string) => void said.push(line))
    const call = { services: app().services, words, options } as unknown as VerbCall
    return [await verb?.run(call), ...said]
  }

  const describeGroup = (...words: string[]) => say(verbs.describe, words, { reason: 'asked' })

  it('changes the description, which the record says; else it says what is wrong', async () => {
    await makeGroup(app(), 'editors')
    const done = [0, 'The group editors has a new description.']
    expect(await describeGroup('editors', 'Write and edit the articles')).toEqual(done)
    const { audit, groups, database: db } = app().services
    expect(await groups.find(db.db, 'editors')).toMatchObject({ description: 'Write and edit the articles' })
    const record = { event: 'group.described', actor: 'command', reason: 'editors', note: 'asked' }
    expect((await audit.latest({ most: 1 }))[0]).toMatchObject(record)
    expect(await describeGroup('none', 'x')).toEqual([1, expect.stringContaining('none')])
    expect(await describeGroup('editors', 'x'.repeat(201))).toEqual([2, 'The description is too long.'])
  })

  it('a list of the members of no group fails, and one of an empty group does not', async () => {
    await makeGroup(app(), 'empty')
    expect(await say(listVerb, [], { group: 'empty' })).toEqual([0, 'There are no such accounts.'])
    expect(await say(listVerb, [], { group: 'emtpy' })).toEqual([1, 'There is no group emtpy.'])
  })
})
