// Accounts as a file.
import { stringify } from 'uuid'
import { expect, it } from 'vitest'
import { someAdministrator } from '../../../tests/support/administrators.ts'
import { onSqlite } from '../../../tests/support/databases.ts'
import { accountOf, join } from '../../../tests/support/groups.ts'
import { useApp } from '../../../tests/support/make-app.ts'
import { type Fields, textOf, type Visitor } from '../../../tests/support/visitor.ts'
import { newId } from '../../identity/ids.ts'

const path = '/admin/accounts/download'

const file = async (browser: Visitor, query = '') => {
  await browser.open(`${path}${query}`)
  const answer = await browser.submitOnly({})
  const text = await answer.text()
  return { answer, text, rows: text.split('\r\n').slice(1, -1) }
}

onSqlite('The file of accounts', (database) => {
  const app = useApp(database, { fields: [{ name: 'company', label: 'Company', type: 'text' } as never] })

  it('V1.2.10 V16.2.1 has those that were selected, no formula, and the record says how many', async () => {
    const { browser } = await someAdministrator(app())
    const name = '=HYPERLINK("http://x.example","a,b")'
    const person = await app().visitor().register({ name, company: '@SUM(1)' })
    await join(app(), person, 'board', 'editors')
    const { id } = await accountOf(app(), person)
    await browser.open(`${path}?account=${stringify(id)}`)
    expect(textOf(browser.page.html)).toContain('The file has the account that you selected.')
    expect(textOf(browser.page.html)).toContain(person.email)
    const { answer, text, rows } = await file(browser, `?account=${stringify(id)}&account=${stringify(newId())}`)
    expect(answer.headers.get('content-type')).toBe('text/csv; charset=utf-8; header=present')
    expect(answer.headers.get('content-disposition')).toBe('attachment; filename="gatelodge-accounts.csv"')
    expect(answer.headers.get('cache-control')).toContain('no-store')
    expect(text).toMatch(/^id,email,name,state,email_verified,created_at,disabled,two_factor,groups,field\.company\r\n/)
    expect(rows).toHaveLength(1)
    expect(rows[0]).toMatch(new RegExp(`^${stringify(id)},${person.email},"'=HYPERLINK\\(""http`))
    expect(rows[0]).toMatch(/,active,false,2026-[\d-]+T[\d:.]+Z,false,false,board;editors,'@SUM\(1\)$/)
    const [record] = await app().services.audit.latest({ events: ['accounts.downloaded'], most: 1 })
    expect(record).toMatchObject({ actor: (await browser.account()).id, reason: 'chosen=1' })
  })

  it('has all that the filters find, read in pieces, and the record has no address', async () => {
    const { browser } = await someAdministrator(app())
    const { accounts, database: stored, clock } = app().services
    for (let piece = 0; piece < 3; piece += 1)
      await accounts.insertMany(
        stored.db,
        Array.from({ length: 400 }, (_, index) => {
          const email = `many-${piece}-${index}@example.org`
          return {
            id: newId(),
            name: 'Many',
            address: { given: email, normalised: email },
            createdAt: clock.now(),
            disabledAt: 1,
          }
        }),
      )
    const all = await file(browser, '?state=disabled')
    expect(new Set(all.rows).size).toBe(1_200)
    expect((await file(browser, '?query=many-1-&state=disabled')).rows).toHaveLength(400)
    const [record] = await app().services.audit.latest({ events: ['accounts.downloaded'], most: 1 })
    expect(record?.reason).toBe('state=disabled&search=yes')
    await browser.open(`${path}?query=many-1-&state=disabled`)
    expect(textOf(browser.page.html)).toContain('The file has all accounts that this search finds.')
    expect(browser.page.html).toContain(`action="${path}?query=many-1-&amp;state=disabled"`)
    expect((await file(browser)).rows.length).toBeGreaterThan(1_200)
  })

  it('V1.2.4 V2.2.1 answers whatever stands in the address', async () => {
    const { browser } = await someAdministrator(app())
    await browser.open(path)
    for (const text of ['ü\'\\"--', '\0', '%', '\u{1f600}', 'a'.repeat(5_000), 'constructor'])
      for (const name of ['account', 'query', 'state', 'group', 'factor']) {
        const asked: Fields = { [name]: text }
        const answer = await browser.submitOnly({}, `${path}?${new URLSearchParams(asked)}`)
        await answer.arrayBuffer()
        expect(answer.status, `${name} ${text.slice(0, 9)}`).toBe(200)
      }
  })
})
