import { expect, it } from 'vitest'
import { onEachDatabase } from '../tests/support/databases.ts'
import { useApp } from '../tests/support/make-app.ts'
import { someone } from '../tests/support/visitor.ts'

onEachDatabase('The log', (database) => {
  const app = useApp(database)

  it('V16.2.5 V16.5.1 says that a statement failed, and nothing of the values in it', async () => {
    const { db } = app().services.database
    await db.schema.alterTable('gatelodge_passwords').renameTo('gatelodge_elsewhere').execute()
    const ada = someone()
    const browser = app().visitor()
    await browser.open('/register')
    await browser.submit(ada)
    await db.schema.alterTable('gatelodge_elsewhere').renameTo('gatelodge_passwords').execute()
    expect(browser.page).toMatchObject({ status: 503, heading: 'This page is temporarily unavailable' })
    const failed = app().logged.find(({ msg }) => msg === 'request.failed')
    expect(failed?.err).toMatchObject({ message: expect.stringContaining('gatelodge_passwords') })
    expect(JSON.stringify(failed)).not.toMatch(new RegExp(`argon2id|insert into|${ada.email}|${ada.name}`))
    expect(browser.page.html).not.toMatch(/gatelodge_passwords|at .*\.ts/)
  })
})
