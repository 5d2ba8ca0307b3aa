// What else stands in the console: activity, emails, groups, keys, imports, settings.
import type { Page } from 'playwright-core'
import { press, registered, type } from '../steps.ts'
import { atTheConsole } from './console.ts'
import { failEmails, noteImports } from './rows.ts'
import { type State, state } from './state.ts'

/** An administrator who has made a key, and sees it. */
async function atKey(page: Page): Promise<string> {
  const name = `billing-${Date.now()}`
  await atTheConsole(page, '/admin/keys/new')
  await type(page, { Name: name })
  await page.getByLabel('groups:read').check()
  await press(page, 'Create key')
  return name
}

/** An administrator who has made a group, and sees it. */
async function atNewGroup(page: Page): Promise<string> {
  const name = `editors-${Date.now()}`
  await atTheConsole(page, '/admin/groups/create-group')
  await type(page, { Group: name, Description: 'They write' })
  await press(page, 'Create group')
  return name
}

/** Some of which failed. */
async function atFailedEmails(page: Page): Promise<void> {
  failEmails((await registered(page)).email)
  await page.context().clearCookies()
  await atTheConsole(page, '/admin/emails?state=failed')
}

const groups: State[] = [
  state('console-groups', (page) => atTheConsole(page, '/admin/groups')),
  state('console-group', (page) => atTheConsole(page, '/admin/groups/one?name=administrators')),
  state('console-group-empty', atNewGroup),
  state('console-group-delete', async (page) => {
    const name = await atNewGroup(page)
    await page.goto(`/admin/groups/delete-group?name=${name}`)
  }),
  state('console-group-wrong', async (page) => {
    await atTheConsole(page, '/admin/groups/create-group')
    await type(page, { Group: 'No Name', Description: 'They write' })
    await press(page, 'Create group')
  }),
]

const keys: State[] = [
  state('console-keys', async (page) => {
    await atKey(page)
    await page.goto('/admin/keys')
  }),
  state('console-keys-none', (page) => atTheConsole(page, '/admin/keys', 'atOnce'), 'atOnce'),
  state('console-key-new', (page) => atTheConsole(page, '/admin/keys/new')),
  state('console-key-wrong', async (page) => {
    await atTheConsole(page, '/admin/keys/new')
    await type(page, { Name: 'A key' })
    await press(page, 'Create key')
  }),
  state('console-key-made', async (page) => void (await atKey(page))),
  state('console-key-revoke', async (page) => {
    const name = await atKey(page)
    await page.goto(`/admin/keys/revoke?key=${name}`)
  }),
]

export const consoleLists: State[] = [
  ...groups,
  ...keys,
  state('console-site-activity', (page) => atTheConsole(page, '/admin/activity')),
  state('console-site-activity-none', (page) => atTheConsole(page, '/admin/activity?event=login&account=nobody')),
  state('console-settings', (page) => atTheConsole(page, '/admin/settings')),
  state('console-imports', async (page) => {
    noteImports()
    await atTheConsole(page, '/admin/imports')
  }),
  state('console-imports-none', (page) => atTheConsole(page, '/admin/imports', 'atOnce'), 'atOnce'),
  state('console-emails', (page) => atTheConsole(page, '/admin/emails')),
  state('console-emails-none', (page) => atTheConsole(page, '/admin/emails?state=waiting')),
  state('console-emails-failed', atFailedEmails),
  state('console-email-again', async (page) => {
    await atFailedEmails(page)
    await page.locator('a[href$="/send-again"]').first().click()
  }),
]
