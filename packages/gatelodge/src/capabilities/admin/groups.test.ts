// Groups in the console, by the front door.
import { expect, it } from 'vitest'
import { proveAgain, someAdministrator } from '../../../tests/support/administrators.ts'
import { onEachDatabase } from '../../../tests/support/databases.ts'
import { join, makeGroup } from '../../../tests/support/groups.ts'
import { type TestApp, useApp } from '../../../tests/support/make-app.ts'
import { textOf } from '../../../tests/support/visitor.ts'
import { minutes } from '../../time.ts'
import { groupActs } from './groups.form.ts'

const path = '/admin/groups'

const nextOn = ({ html }: { html: string }) => /rel="next" href="([^"]+)"/.exec(html)?.[1]?.replaceAll('&amp;', '&')

const recorded = async ({ services }: TestApp, ...events: string[]) =>
  (await services.audit.latest({ events, most: 10 })).map(({ event, actor, reason }) => ({ event, actor, reason }))

onEachDatabase('Groups in the console', (database) => {
  const app = useApp(database)

  it('V8.4.2 V8.2.1 V7.5.1 are for administrators, and an act needs a fresh proof', async () => {
    await makeGroup(app(), 'editors')
    const member = app().visitor()
    await join(app(), await member.register(), 'editors')
    const administrator = await someAdministrator(app())
    app().clock.pass(minutes(11))
    for (const page of [path, `${path}/one?name=editors`]) {
      expect((await member.open(page)).status).toBe(404)
      expect((await administrator.browser.open(page)).status).toBe(200)
    }
    for (const { name } of groupActs) {
      const act = `${path}/${name}?name=editors`
      expect((await member.open(act)).status, name).toBe(404)
      await member.open('/logout')
      expect((await member.submitOnly({ group: 'mine' }, act)).status, name).toBe(404)
      expect((await administrator.browser.open(act)).path, name).toBe('/reauthenticate')
    }
    await proveAgain(app(), administrator)
    expect(administrator.browser.page.path).toBe(`${path}/delete-group`)
    expect(await recorded(app(), 'group.created', 'group.deleted', 'group.described')).toEqual([])
  })

  it('V16.2.1 one is made, described and deleted, and the record says by whom', async () => {
    const { browser } = await someAdministrator(app())
    const { id: actor } = await browser.account()
    await browser.open(path)
    expect(browser.page.html).toContain('Administrators of this site')
    await browser.open(`${path}/create-group`)
    await browser.submit({ group: 'writers', description: '<b>They</b> write' }, `${path}/create-group`)
    expect([browser.page.heading, browser.page.notice]).toEqual(['writers', 'The group was created.'])
    expect(browser.page.html).toContain('&lt;b&gt;They&lt;/b&gt; write')
    await browser.open(`${path}/describe-group?name=writers`)
    expect(browser.page.html).toContain('value="&lt;b&gt;They&lt;/b&gt; write"')
    await browser.submit({ description: 'Authors' }, `${path}/describe-group?name=writers`)
    expect(browser.page.notice).toBe('The description was saved.')
    const person = await app().visitor().register({ name: 'Zoe <img>' })
    await join(app(), person, 'writers')
    expect(textOf((await browser.open(`${path}/one?name=writers`)).html)).toContain(`Zoe <img> ${person.email}`)
    await browser.open(`${path}/delete-group?name=writers`)
    await browser.submit({}, `${path}/delete-group?name=writers`)
    expect([browser.page.path, browser.page.notice]).toEqual([path, 'The group was deleted.'])
    expect((await browser.open(`${path}/one?name=writers`)).status).toBe(404)
    const events = ['group.deleted', 'group.described', 'group.created']
    expect(await recorded(app(), ...events)).toEqual(events.map((event) => ({ event, actor, reason: 'writers' })))
  })

  it('a form says at the field what is wrong, and keeps what was typed', async () => {
    const { browser } = await someAdministrator(app())
    const act = `${path}/create-group`
    await browser.open(act)
    const wrong = [
      [{ group: 'No Name' }, 'A group name has 1 to 64'],
      [{ group: '' }, 'A group name has 1 to 64'],
      [{ group: "ü'" }, 'A group name has 1 to 64'],
      [{ group: 'administrators' }, 'There is a group with this name already'],
      [{ group: 'painters', description: 'x'.repeat(201) }, 'The description must be 200 characters or fewer'],
    ] as const
    for (const [fields, message] of wrong) {
      await browser.submit({ description: '', ...fields }, act)
      expect(browser.page.summary.join()).toContain(message)
    }
    expect(browser.page.html).toContain('value="painters"')
    await browser.submit({ group: 'painters', description: '' }, act)
    expect(browser.page.heading).toBe('painters')
  })

  it('administrators stay, and there is no page for a group or an act that is none', async () => {
    const { browser } = await someAdministrator(app())
    expect((await browser.open(`${path}/one?name=administrators`)).html).not.toContain('delete-group')
    await browser.open(`${path}/delete-group?name=administrators`)
    await browser.submit({}, `${path}/delete-group?name=administrators`)
    expect(browser.page.notice).toBe('This group cannot be deleted.')
    const none = [
      'one',
      'one?name=none',
      'one?name=%C3%BC%27',
      'delete-group',
      'describe-group?name=%00',
      'join-group?name=x',
    ]
    for (const page of none) expect((await browser.open(`${path}/${page}`)).status, page).toBe(404)
  })

  it('groups and members are paged, also of a group that is called "."', async () => {
    const { browser } = await someAdministrator(app())
    await makeGroup(app(), '.')
    for (let count = 0; count < 26; count += 1) await join(app(), await app().visitor().register(), '.')
    const first = await browser.open(`${path}/one?name=.`)
    const people = ({ html }: { html: string }) => html.match(/<a href="\/admin\/accounts\/[\da-f-]{36}"/g)?.length
    expect(people(first)).toBe(25)
    const second = await browser.open(nextOn(first) ?? '')
    expect([people(second), nextOn(second), second.html.includes('First page')]).toEqual([1, undefined, true])
    for (let count = 100; count < 200; count += 1) await makeGroup(app(), `g${count}`)
    await browser.open(path)
    expect(browser.page.html).not.toContain('>g199<')
    expect((await browser.open(nextOn(browser.page) ?? '')).html).toContain('>g199<')
    expect((await browser.open(`${path}?after=%C3%BC`)).status).toBe(200)
  })
})
