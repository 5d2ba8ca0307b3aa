// How far imports are, in the console.
import { expect, it } from 'vitest'
import { someAdministrator } from '../../../tests/support/administrators.ts'
import { onEachDatabase } from '../../../tests/support/databases.ts'
import { type TestApp, useApp } from '../../../tests/support/make-app.ts'
import { textOf, type Visitor } from '../../../tests/support/visitor.ts'
import { storeProgress } from '../../cli/import/stored-progress.ts'
import { newId } from '../../identity/ids.ts'
import { importRuns } from '../../identity/imports/storage.ts'
import { days, minutes, seconds } from '../../time.ts'
import { purgeImports } from './imports.rules.ts'

const path = '/admin/imports'

async function rowsOn(browser: Visitor): Promise<string[]> {
  const { html } = await browser.open(path)
  const list = /<ul class="people imports">(.*?)<\/ul>/s.exec(html)?.[1] ?? ''
  return [...list.matchAll(/<li>(.*?)<\/li>/gs)].map(([, row = '']) => textOf(row).replaceAll('\u00a0', ' '))
}

const begin = ({ services }: TestApp, source = 'users.csv', system = 'laravel') =>
  storeProgress(services, source, system)

onEachDatabase('Imports in the console', (database) => {
  const app = useApp(database)

  it('V8.4.2 are for administrators', async () => {
    const member = app().visitor()
    await member.register()
    expect((await member.open(path)).status).toBe(404)
    const { browser } = await someAdministrator(app())
    expect(textOf((await browser.open(path)).html)).toContain('There were no imports in the last 90 days.')
  })

  it('show rows, rate, time left and rejected rows while one runs, and that it is finished', async () => {
    const { browser } = await someAdministrator(app())
    const stored = await begin(app())
    expect((await rowsOn(browser))[0]).toMatch(/^users\.csv 0 rows read · 0 imported · 0 rejected.*Running/)
    app().clock.pass(seconds(10))
    await stored.at({ rows: 2_500, imported: 2_400 }, 0.25, 100)
    expect((await rowsOn(browser))[0]).toContain(
      '2,500 of about 10,000 rows read · 2,400 imported · 100 rejected · 250 a second · about 30 seconds left',
    )
    expect(browser.page.html).toContain('>Refresh<')
    app().clock.pass(seconds(30))
    await stored.at({ rows: 10_000, imported: 9_900 }, 1, 100)
    await stored.end(true)
    expect((await rowsOn(browser))[0]).toMatch(/10,000 rows read · 9,900 imported.*Finished/)
    expect(browser.page.html).not.toContain('>Refresh<')
  })

  it('show that one stopped: it failed, or has said nothing for a minute', async () => {
    const { browser } = await someAdministrator(app())
    const failed = await begin(app(), 'failed.csv')
    await failed.at({ rows: 250, imported: 250 }, 0.5, 0)
    await failed.end(false)
    expect((await rowsOn(browser))[0]).toMatch(
      /^failed\.csv 250 of about 500 rows read.*goes on where it stopped\.Stopped/,
    )
    const { clock } = app()
    const stored = app().services.database
    const killed = { id: newId(), source: 'killed.csv', system: '', started_at: clock.now() }
    await importRuns.begin(stored.db, killed)
    expect((await rowsOn(browser))[0]).toMatch(/killed.*Running/)
    clock.pass(minutes(1) + 1)
    expect((await rowsOn(browser))[0]).toMatch(/killed.*Stopped/)
  })

  it('V1.2.1 show names as text, are paged, and are forgotten after 90 days', async () => {
    const { browser } = await someAdministrator(app())
    for (let count = 0; count < 26; count += 1) {
      app().clock.pass(1)
      await (await begin(app(), `${'x'.repeat(300)}<img src=x>-\u202e.csv`, '<b>')).end(true)
    }
    const rows = await rowsOn(browser)
    expect(rows).toHaveLength(25)
    expect(browser.page.html).not.toMatch(/<img|<b>x/)
    const next = /rel="next" href="([^"]+)"/.exec(browser.page.html)?.[1] ?? ''
    expect((await browser.open(next)).html).toContain('First page')
    app().clock.pass(days(91))
    while ((await purgeImports(app().services)) > 0);
    expect(await importRuns.latest(app().services.database.db, 1)).toEqual([])
  })
})
