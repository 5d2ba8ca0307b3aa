import { copyFileSync, mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { mailboxLink } from '../../../tests/support/data-folder.ts'
import { onEachDatabase } from '../../../tests/support/databases.ts'
import { makeApp, useApp } from '../../../tests/support/make-app.ts'
import { textOf } from '../../../tests/support/visitor.ts'
import { declared } from '../../app.ts'
import { packageFile } from '../../config/package-files.ts'

const folder = mkdtempSync(join(tmpdir(), 'gatelodge-previews-'))

onEachDatabase('All emails, with sample data', (database) => {
  const app = useApp(database)

  it('are linked from the mailbox, each as HTML and as text, and none is written', async () => {
    const visitor = app().visitor()
    await visitor.open(mailboxLink())
    expect(visitor.page.html).toContain('href="/dev/mailbox/previews"')
    const list = await visitor.open('/dev/mailbox/previews')
    for (const kind of Object.keys(declared.emails)) {
      expect(list.html).toContain(`href="/dev/mailbox/previews/${kind}"`)
      const page = await visitor.open(`/dev/mailbox/previews/${kind}`)
      expect(page.status).toBe(200)
      expect(textOf(page.html)).toContain('Gatelodge')
      const shown = await visitor.send('GET', `/dev/mailbox/previews/${kind}/html`)
      expect(shown.headers.get('content-security-policy')).toContain("default-src 'none'")
      const html = await shown.text()
      expect(html).toContain('<table role="presentation"')
      expect(html).not.toMatch(/undefined|\[object/)
    }
    await visitor.open('/dev/mailbox')
    expect(visitor.page.html).toContain('No emails yet.')
  })

  it('are there only where the mailbox is, and with its key', async () => {
    for (const path of ['', '/reset-password', '/reset-password/html'])
      expect((await app().visitor().send('GET', `/dev/mailbox/previews${path}`)).status).toBe(403)
    const visitor = app().visitor()
    await visitor.open(mailboxLink())
    for (const path of ['/nothing', '/nothing/html', '/constructor'])
      expect((await visitor.send('GET', `/dev/mailbox/previews${path}`)).status).toBe(404)
    const live = await makeApp(database, { mode: 'production' })
    expect((await live.visitor().send('GET', '/dev/mailbox/previews')).status).toBe(404)
    await live.close()
  })

  it('show the logo that emails carry', async () => {
    const siteLogo = join(folder, 'logo.png')
    copyFileSync(packageFile('src/web/styles/touch-icon.png'), siteLogo)
    const own = await makeApp(database, { siteLogo })
    const visitor = own.visitor()
    await visitor.open(mailboxLink())
    const shown = await visitor.send('GET', '/dev/mailbox/previews/reset-password/html')
    expect(await shown.text()).toContain('<img src="data:image/png;base64,')
    expect(shown.headers.get('content-security-policy')).toContain('img-src data:;')
    await own.close()
  })
})
