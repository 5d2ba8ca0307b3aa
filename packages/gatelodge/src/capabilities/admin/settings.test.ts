// The settings in the console, by the front door.
import { expect, it } from 'vitest'
import { someAdministrator } from '../../../tests/support/administrators.ts'
import { onSqlite } from '../../../tests/support/databases.ts'
import { useApp } from '../../../tests/support/make-app.ts'
import { textOf } from '../../../tests/support/visitor.ts'
import { settingNames } from '../../config/schema.ts'
import { minutes } from '../../time.ts'

const path = '/admin/settings'

const hidden = ['a-mail-password', 'a-client-secret', 'a-secret-for-tests-0123456789-abcdefgh']

onSqlite('The settings in the console', (database) => {
  const app = useApp(
    database,
    {
      smtpUrl: `smtp://user:${hidden[0]}@mail.example.org:587`,
      mailFrom: 'hello@example.org',
      googleClientSecret: hidden[1],
      siteName: '<img src=x>"Acme',
      sessionIdle: minutes(90),
    },
    () => ({ settingSources: { siteName: 'file', sessionIdle: 'environment', host: 'default' } }) as never,
  )

  it('V8.4.2 V8.2.1 are for administrators', async () => {
    const browser = app().visitor()
    await browser.register()
    expect((await browser.open(path)).status).toBe(404)
  })

  it('V13.3.1 V14.2.6 are all there with value and source, and no secret is', async () => {
    const { browser } = await someAdministrator(app())
    const { html, status } = await browser.open(path)
    expect(status).toBe(200)
    const facts = new Map(
      [...html.matchAll(/<dt>(.*?)<\/dt><dd>(.*?)<\/dd>/gs)].map(([, name = '', value = '']) => [
        textOf(name),
        textOf(value),
      ]),
    )
    expect([...facts.keys()]).toEqual(settingNames)
    expect(facts.get('sessionIdle')).toMatch(/^90m\s*Environment$/)
    expect(facts.get('siteName')).toMatch(/Acme.*File$/)
    expect(facts.get('smtpUrl')).toContain('mail.example.org:587')
    expect([facts.get('secret'), facts.get('googleClientSecret'), facts.get('githubClientSecret')]).toEqual([
      ...['Set, and not shown', 'Set, and not shown', 'Not set'],
    ])
    for (const one of [...hidden, '<img']) expect(html).not.toContain(one)
    // They are read, never changed.
    expect(html.match(/<form /g)).toHaveLength(1)
  })
})
