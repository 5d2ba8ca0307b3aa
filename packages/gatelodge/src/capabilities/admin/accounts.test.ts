// The list of accounts, and the page of one.
import { stringify } from 'uuid'
import { expect, it } from 'vitest'
import { someAdministrator } from '../../../tests/support/administrators.ts'
import { onEachDatabase } from '../../../tests/support/databases.ts'
import { accountOf, join } from '../../../tests/support/groups.ts'
import { useApp } from '../../../tests/support/make-app.ts'
import { someoneWithApp } from '../../../tests/support/second-factor.ts'
import { textOf } from '../../../tests/support/visitor.ts'
import { newId } from '../../identity/ids.ts'
import { hours } from '../../time.ts'

const list = '/admin/accounts'

/** The names on the page, in order. */
const namesOn = ({ html }: { html: string }) =>
  [...html.matchAll(/<a href="\/admin\/accounts\/[\da-f-]{36}"><bdi[^>]*>(.*?)<\/bdi>/g)].map(([, name = '']) =>
    textOf(name),
  )

const nextOn = ({ html }: { html: string }) => /rel="next" href="([^"]+)"/.exec(html)?.[1]?.replaceAll('&amp;', '&')

onEachDatabase('The accounts in the console', (database) => {
  const app = useApp(database)

  it('are found by address, id, or how a name or an address begins, and filtered', async () => {
    const { browser, person: own } = await someAdministrator(app())
    const zoe = await app().visitor().register({ name: 'Zoe Zimmer', email: 'zoe.z@example.org' })
    const zac = await someoneWithApp(app())
    const account = await accountOf(app(), zoe)
    await join(app(), zoe, 'editors')
    const found = async (query: string) => namesOn(await browser.open(`${list}?${query}`))
    for (const query of ['zoe.z@example.org', 'ZOE.Z@EXAMPLE.ORG', 'zoe', 'Zoe Zim', stringify(account.id)])
      expect(await found(new URLSearchParams({ query }).toString()), query).toEqual(['Zoe Zimmer'])
    expect(await found('query=immer')).toEqual([])
    expect(await found('group=editors')).toEqual(['Zoe Zimmer'])
    expect(await found('group=editors&state=disabled')).toEqual([])
    expect((await found('factor=app')).length).toBe(2)
    expect(await found('factor=none&query=zoe')).toEqual(['Zoe Zimmer'])
    expect(await found('factor=passkey')).toEqual([])
    expect(await found('state=active&order=address&query=')).toContain('Zoe Zimmer')
    // What is none of ours counts as not given.
    expect((await found('state=x&factor=y&order=z&cursor=!')).length).toBeGreaterThan(2)
    expect(browser.page.html).toContain('id="query"')
    expect([own.email, zac.person.email]).toHaveLength(2)
  })

  it('V1.2.4 V2.2.1 answer whatever stands in the address', async () => {
    const { browser } = await someAdministrator(app())
    const id = stringify(newId())
    const cursor = (order: string, key: string) => Buffer.from(`${order} ${id} ${key}`).toString('base64url')
    const strange = ['ü\'\\"--', '\0', '%', '_', '\u{1f600}', 'a'.repeat(5000), '\ud800', '<>;,']
    for (const text of strange)
      for (const asked of [
        { query: text },
        { group: text },
        { query: 'a', cursor: text },
        { order: 'address', cursor: cursor('address', text) },
        { order: 'name', cursor: cursor('name', text) },
      ]) {
        const answer = await browser.send('GET', `${list}?${new URLSearchParams(asked as Record<string, string>)}`)
        expect(answer.status, JSON.stringify(asked).slice(0, 80)).toBe(200)
      }
  })

  it('are sorted in three orders, and an empty list says why', async () => {
    const { browser } = await someAdministrator(app())
    const names = namesOn(await browser.open(`${list}?order=name`))
    expect(names).toEqual([...names].sort())
    expect(browser.page.html).toContain('<a href="/admin/accounts?order=name" aria-current="true">Name</a>')
    await browser.open(`${list}?query=nobody-is-called-this`)
    expect(browser.page.html).toContain('<h2>No accounts match</h2>')
    expect(browser.page.html).toContain('value="nobody-is-called-this"')
    expect(browser.page.html).toContain('href="/admin/accounts/create-account"')
  })

  it('are paged by cursors that keep the filters', async () => {
    const { services, clock } = app()
    const { browser } = await someAdministrator(app())
    for (let number = 10; number < 40; number += 1) {
      const email = `paged.${number}@example.org`
      const at = clock.now() - hours(number)
      const address = { given: email, normalised: email }
      await services.accounts.insert(services.database.db, {
        id: newId(at),
        name: `Paged ${number}`,
        address,
        createdAt: at,
      })
    }
    const first = await browser.open(`${list}?query=paged&state=active`)
    expect(namesOn(first)).toHaveLength(25)
    expect(nextOn(first)).toMatch(/^\/admin\/accounts\?query=paged&state=active&cursor=/)
    const second = await browser.open(nextOn(first) ?? '')
    expect(namesOn(second)).toEqual(['Paged 35', 'Paged 36', 'Paged 37', 'Paged 38', 'Paged 39'])
    expect([nextOn(second), second.html.includes('First page')]).toEqual([undefined, true])
  })

  it('V14.2.6 show of one what is known, and nothing secret', async () => {
    const { browser } = await someAdministrator(app())
    const { person, key, codes } = await someoneWithApp(app())
    const { id } = await accountOf(app(), person)
    const page = await browser.open(`${list}/${stringify(id)}`)
    expect([page.status, page.heading]).toEqual([200, person.name])
    const text = textOf(page.html)
    for (const known of [
      person.email,
      'Verified',
      stringify(id),
      'App added',
      '10 recovery codes left',
      'Unknown device',
    ])
      expect(text).toContain(known)
    expect(text).toContain('Two-factor authentication turned on')
    expect(text).toContain('Verify your email address for Gatelodge')
    const rows = await app()
      .services.database.db.selectFrom('gatelodge_totp')
      .selectAll()
      .where('account_id', '=', id)
      .execute()
    for (const secret of [key, ...codes, rows[0]?.secret ?? '', 'argon2']) expect(page.html).not.toContain(secret)
    for (const path of [`${list}/x`, `${list}/${stringify(newId())}`, `${list}/${stringify(newId())}/activity`])
      expect((await browser.open(path)).status, path).toBe(404)
  })

  it('page the activity of one', async () => {
    const { browser } = await someAdministrator(app())
    const other = app().visitor()
    const person = await other.register()
    for (let time = 0; time < 22; time += 1) await app().visitor().json('POST', '/api/v1/login', person)
    const { id } = await accountOf(app(), person)
    const path = `${list}/${stringify(id)}/activity`
    const rows = () => browser.page.html.split('<li class="whole">').length - 1
    await browser.open(path)
    expect(rows()).toBe(20)
    await browser.open(nextOn(browser.page) ?? '')
    expect([browser.page.path, rows()]).toEqual([path, 3])
  })
})
