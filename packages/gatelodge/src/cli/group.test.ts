// `gatelodge group describe`, as a shell sees it.
import { afterEach, expect, it, vi } from 'vitest'
import { onSqlite } from '../../tests/support/databases.ts'
import { makeGroup } from '../../tests/support/groups.ts'
import { useApp } from '../../tests/support/make-app.ts'
import { verbs } from './group.ts'
import type { VerbCall } from './verbs.ts'

onSqlite('gatelodge group describe', (database) => {
  const app = useApp(database)
  afterEach(() => vi.restoreAllMocks())

  async function describeGroup(...words: string[]) {
    const said: string[] = []
    for (const way of ['log', 'error'] as const)
      vi.spyOn(console, way).mockImplementation((line: string) => void said.push(line))
    const call = { services: app().services, words, options: { reason: 'asked' } } as unknown as VerbCall
    return [await verbs.describe?.run(call), ...said]
  }

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
})
