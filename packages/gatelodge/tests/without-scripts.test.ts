// Browsers that know neither scripts nor style sheets (w3m, lynx) show all that a page holds, also within `hidden` and
// `<template>`. So what only a script can use is made by the script.
import { expect, it } from 'vitest'
import { onSqlite } from './support/databases.ts'
import { sources } from './support/documents.ts'
import { useApp } from './support/make-app.ts'
import { type PasskeyOwner, someoneWithPasskey } from './support/passkeys.ts'
import { enrol } from './support/second-factor.ts'
import { textOf } from './support/visitor.ts'

/** What is drawn of a page without scripts and styles. */
const drawn = (html: string) => textOf(html.replace(/<head>.*?<\/head>/s, '').replace(/<[^>]*>/g, ' '))

onSqlite('Without scripts and style sheets', (database) => {
  const app = useApp(database)

  async function atTheStep({ browser, person }: PasskeyOwner) {
    await browser.logOut()
    await browser.logIn(person)
    return browser.page
  }

  const pages = {
    'the log-in': async () => app().visitor().open('/login'),
    'a new passkey': async ({ browser }: PasskeyOwner) => browser.open('/account/passkeys/add'),
    'the second step': async (owner: PasskeyOwner) => {
      await enrol(app(), owner.browser)
      return atTheStep(owner)
    },
    'a reauthentication': async ({ browser }: PasskeyOwner) => browser.open('/reauthenticate'),
  }

  it.each(Object.entries(pages))('%s has no button that does nothing', async (_, open) => {
    const page = await open(await someoneWithPasskey(app()))
    const [, label = 'none'] = /data-passkey="[^>]* data-label="([^"]+)"/.exec(page.html) ?? []
    expect(label).toContain('passkey')
    expect(page.html.match(/<button(?![^>]* type="submit")[^>]*>/g)).toBeNull()
    expect(drawn(page.html.replace(/<h1>.*?<\/h1>/s, ''))).not.toContain(label)
  })

  it('no page has a part that only a style sheet or a script hides', () => {
    const pages = sources.filter(({ name }) => name.endsWith('.tsx') && !name.startsWith('src/email/'))
    expect(pages.length).toBeGreaterThan(30)
    const hidden = [
      /<template/g,
      /<button(?![^>]*type="submit")[^>]*>/g,
      /<\w+[^<>]*?\s(?:hidden|style=)[^<>]*(?<!\/)>/g,
    ]
    const partsOf = (code: string) => hidden.flatMap((pattern) => code.match(pattern) ?? [])
    expect(partsOf('<p hidden>x</p><button type="button">y</button><input hidden /><template>')).toHaveLength(3)
    const found = pages.flatMap(({ name, code }) => partsOf(code).map((part) => `${name}: ${part}`))
    expect(found).toEqual([])
  })
})
