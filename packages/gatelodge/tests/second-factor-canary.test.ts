// The key of an app, its codes, recovery codes and tokens of trusted devices turn up in no log line, no row, no email and no export.
import { afterAll, beforeAll, expect, it } from 'vitest'
import { createLog } from '../src/log.ts'
import { allRows } from './support/all-rows.ts'
import { type Canaries, find } from './support/canaries.ts'
import { onEachDatabase } from './support/databases.ts'
import { makeApp, type TestApp } from './support/make-app.ts'
import { shown, someoneWithApp } from './support/second-factor.ts'

onEachDatabase('Secrets of a second factor', (database) => {
  const lines: string[] = []
  let app: TestApp
  let exported: string
  const secrets: Canaries = {}
  beforeAll(async () => {
    const log = createLog({ logLevel: 'debug', mode: 'production' }, { write: (line: string) => void lines.push(line) })
    app = await makeApp(database, { logLevel: 'debug' }, { log })
    const { person, key, codes, browser: owner } = await someoneWithApp(app)
    secrets['the key'] = key
    for (const [at, code] of codes.entries()) secrets[`recovery code ${at}`] = code
    const browser = app.visitor()
    await browser.logIn(person)
    for (const code of ['000000', shown(app, key, 40), shown(app, key)]) await browser.submit({ code, trust: 'yes' })
    const trust = [...browser.cookies].find(([name]) => name.includes('trust'))?.[1] ?? ''
    expect(trust).toHaveLength(43)
    secrets['the token of a trusted device'] = trust
    await browser.logOut()
    const other = app.visitor()
    await other.logIn(person)
    await other.open('/two-factor?by=recovery-code')
    for (const recovery_code of [`${codes[0]}x`, 'aaaa-bbbb-cccc-dddd', codes[1] ?? ''])
      await other.submit({ recovery_code })
    expect(other.page.path).toBe('/account')
    exported = await (await owner.send('GET', '/account/export')).text()
  })
  afterAll(() => app.close())

  it('V16.2.5 V14.2.4 stand in no log line, no row and no export', async () => {
    expect(Object.keys(secrets)).toHaveLength(12)
    expect(lines.length).toBeGreaterThan(10)
    expect(exported).toContain('authenticator app')
    const places = [
      ...lines.map((content) => ({ name: 'a log line', content })),
      { name: 'the export', content: exported },
      ...(await allRows(database)),
    ]
    expect(find(secrets, places)).toEqual([])
  })

  it('V14.2.4 stand in no email', async () => {
    const rows = await app.services.database.db.selectFrom('gatelodge_emails').select('sealed').execute()
    const emails = rows.map(({ sealed }) => ({
      name: 'an email',
      content: JSON.stringify(app.services.emails.open(sealed)),
    }))
    expect(emails.length).toBeGreaterThan(2)
    expect(find(secrets, emails)).toEqual([])
  })
})
