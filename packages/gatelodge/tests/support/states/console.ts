// The pages of those who run the site.
import type { Page } from 'playwright-core'
import { elsewhere, press, registered, type } from '../steps.ts'
import { promote, type State, state } from './state.ts'
import { protectedPerson } from './two-factor.ts'

/** An administrator who has just proved it. */
async function atTheConsole(page: Page, path = '/admin'): Promise<void> {
  const { email } = await protectedPerson(page)
  promote(email)
  await page.goto(path)
}

/** The page of someone who has registered, and below it. */
async function atAccount(page: Page, below = ''): Promise<void> {
  let email = ''
  await page.goto('/login')
  await elsewhere(page, async (other) => {
    email = (await registered(other, { name: 'Grace Hopper' })).email
  })
  await atTheConsole(page, `/admin/accounts?query=${encodeURIComponent(email)}`)
  const path = await page.locator('.people a').first().getAttribute('href')
  await page.goto(`${path}${below}`)
}

export const consolePages: State[] = [
  state('console', (page) => atTheConsole(page)),
  state('console-table', async (page) => {
    await atTheConsole(page)
    await page.locator('summary').click()
  }),
  state('console-accounts', (page) => atTheConsole(page, '/admin/accounts')),
  state('console-accounts-none', (page) => atTheConsole(page, '/admin/accounts?query=nobody&state=disabled')),
  state('console-account', (page) => atAccount(page)),
  state('console-account-own', async (page) => {
    await atTheConsole(page, '/admin/accounts')
    const path = await page.locator('.people a').first().getAttribute('href')
    await page.goto(`${path}`)
  }),
  state('console-activity', (page) => atAccount(page, '/activity')),
  state('console-act', (page) => atAccount(page, '/disable-account')),
  state('console-act-wrong', async (page) => {
    await atAccount(page, '/set-address')
    await type(page, { 'Email address': 'no address', Reason: 'Moved to another provider' })
    await press(page, 'Save address')
  }),
  state('console-act-group', (page) => atAccount(page, '/join-group')),
  state('console-act-done', async (page) => {
    await atAccount(page, '/disable-account')
    await type(page, { Reason: 'Asked by phone' })
    await press(page, 'Disable account')
  }),
  state('console-new-account', (page) => atTheConsole(page, '/admin/accounts/create-account')),
]
