// The pages of those who run the site: the overview, all accounts and one of them, and acts on it.
import type { Page } from 'playwright-core'
import { elsewhere, type Person, press, registered, registeredUnseen, type } from '../steps.ts'
import { administratorLink, burden, connect, promote, verify } from './rows.ts'
import { type SiteKind, type State, state } from './state.ts'
import { setUpApp } from './two-factor.ts'

/** An administrator who has just proved it. @returns their address. */
export async function atTheConsole(page: Page, path = '/admin', kind: SiteKind = 'open'): Promise<string> {
  const { email } = await registeredUnseen(page)
  verify(email, kind)
  await setUpApp(page)
  promote(email, kind)
  await page.goto(path)
  return email
}

interface Shown extends Partial<Person> {
  /** Of the page, behind the address of the account. */
  below?: string
  /** What happened to the account before. */
  before?(email: string): void
}

/** Another account, of a browser that is closed by now. @returns its address. */
async function someoneElse(page: Page, known: Partial<Person> = {}): Promise<string> {
  const { email } = await registeredUnseen(page, { name: 'Grace Hopper', ...known })
  await page.context().clearCookies()
  return email
}

/** The page of someone who has registered, and below it. */
async function atAccount(page: Page, { below = '', before, ...known }: Shown = {}): Promise<void> {
  const email = await someoneElse(page, known)
  await atTheConsole(page, `/admin/accounts?query=${encodeURIComponent(email)}`)
  const path = await page.locator('.people a').first().getAttribute('href')
  before?.(email)
  await page.goto(`${path}${below}`)
}

/** An administrator with two accounts on the list, and a page of it open. @returns their address. */
export async function amongAccounts(page: Page): Promise<string> {
  await someoneElse(page)
  return atTheConsole(page, '/admin/accounts')
}

const long = { name: 'Wolfeschlegelsteinhausen'.repeat(3), email: `${'console-'.repeat(6)}account@example.org` }
const rightToLeft = { name: 'مريم الأسترلابي', email: 'mariam.of.aleppo@example.org' }

const lists: State[] = [
  state('console', (page) => atTheConsole(page)),
  state('console-table', async (page) => {
    await atTheConsole(page)
    await page.locator('summary').click()
  }),
  state('console-accounts', (page) => atTheConsole(page, '/admin/accounts')),
  state('console-accounts-none', (page) => atTheConsole(page, '/admin/accounts?query=nobody&state=disabled')),
  state('console-accounts-names', async (page) => {
    await page.goto('/login')
    await elsewhere(page, async (other) => {
      for (const known of [long, rightToLeft]) {
        await registered(other, { ...known, email: `list.${known.email}` })
        await other.context().clearCookies()
      }
    })
    await atTheConsole(page, '/admin/accounts')
  }),
  state('console-accounts-selected', async (page) => {
    await amongAccounts(page)
    await page.getByRole('checkbox').first().check()
  }),
  state('console-accounts-none-selected', async (page) => {
    await amongAccounts(page)
    await press(page, 'Disable')
  }),
  state('console-new-account', (page) => atTheConsole(page, '/admin/accounts/create-account')),
]

const accounts: State[] = [
  state('console-account', (page) => atAccount(page)),
  state('console-account-own', async (page) => {
    await atTheConsole(page, '/admin/accounts')
    const path = await page.locator('.people a').first().getAttribute('href')
    await page.goto(`${path}`)
  }),
  state('console-account-long', (page) => atAccount(page, long)),
  state('console-account-right-to-left', (page) => atAccount(page, rightToLeft)),
  state('console-account-burdened', (page) => atAccount(page, { before: burden })),
  state('console-connection', (page) => atAccount(page, { before: connect })),
  state('console-connection-removal', async (page) => {
    await atAccount(page, { before: connect })
    await page.getByRole('link', { name: 'Disconnect' }).click()
  }),
  state('console-activity', (page) => atAccount(page, { below: '/activity' })),
  state('console-activity-download', (page) => atTheConsole(page, '/admin/activity/download?event=login')),
]

const acts: State[] = [
  state('console-act', (page) => atAccount(page, { below: '/disable-account' })),
  state('console-act-long', (page) =>
    atAccount(page, { ...long, email: `act.${long.email}`, below: '/demand-new-password' }),
  ),
  state('console-act-wrong', async (page) => {
    await atAccount(page, { below: '/set-address' })
    await type(page, { 'Email address': 'no address', Reason: 'Moved to another provider' })
    await press(page, 'Save address')
  }),
  state('console-act-group', (page) => atAccount(page, { below: '/join-group' })),
  state('console-act-done', async (page) => {
    await atAccount(page, { below: '/disable-account' })
    await type(page, { Reason: 'Asked by phone' })
    await press(page, 'Disable account')
  }),
  state('console-reset-link', async (page) => {
    await atAccount(page, { below: '/copy-reset-link' })
    await type(page, { Reason: 'Asked by phone' })
    await press(page, 'Show reset link')
  }),
  state('become-administrator', async (page) => {
    await registered(page)
    await page.goto(administratorLink())
  }),
  state('become-administrator-visitor', (page) => page.goto(administratorLink())),
  state('become-administrator-dead', (page) => page.goto('/become-administrator/nothing')),
]

export const consolePages: State[] = [...lists, ...accounts, ...acts]
