// The pages of those who run the site.
import type { Page } from 'playwright-core'
import { elsewhere, press, registered, type } from '../steps.ts'
import { connect, noteImports, promote, type SiteKind, type State, state } from './state.ts'
import { protectedPerson } from './two-factor.ts'

/** An administrator who has just proved it. */
async function atTheConsole(page: Page, path = '/admin', kind: SiteKind = 'open'): Promise<void> {
  const { email } = await protectedPerson(page)
  promote(email, kind)
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

/** The page of someone who logs in by a provider, too. */
async function atConnected(page: Page): Promise<void> {
  await atAccount(page)
  const email = await page.locator('main .lead [dir="ltr"]').first().innerText()
  connect(email)
  await page.reload()
}

/** An administrator with two accounts on the list, and a page of it open. */
async function amongAccounts(page: Page): Promise<void> {
  await page.goto('/login')
  await elsewhere(page, async (other) => void (await registered(other, { name: 'Grace Hopper' })))
  await atTheConsole(page, '/admin/accounts')
}

/** The page of such an act: the newest two are selected, one of them the administrator's own. */
async function atSelected(page: Page, button: string): Promise<void> {
  await amongAccounts(page)
  for (const at of [0, 1]) await page.getByRole('checkbox').nth(at).check()
  await press(page, button)
}

/** An administrator who sees what became of each. */
async function atBulkAct(page: Page): Promise<void> {
  await atSelected(page, 'Disable')
  await type(page, { Reason: 'Left the club' })
  await press(page, 'Disable 2 accounts')
}

/** An administrator who has made an invitation, and sees its link. */
async function atInvitation(page: Page, kind?: SiteKind): Promise<void> {
  await atTheConsole(page, '/admin/invitations/new', kind)
  await type(page, { 'Number of people': '2' })
  await press(page, 'Invite')
}

/** An administrator who has made a key, and sees it. */
async function atKey(page: Page): Promise<string> {
  const name = `billing-${Date.now()}`
  await atTheConsole(page, '/admin/keys/new')
  await type(page, { Name: name })
  await page.getByLabel('groups:read').check()
  await press(page, 'Create key')
  return name
}

/** The page behind such a link. */
async function atLink(page: Page, kind?: SiteKind): Promise<void> {
  let link = ''
  await page.goto('/login')
  await elsewhere(page, async (other) => {
    await atInvitation(other, kind)
    link = (await other.locator('.code').innerText()).trim()
  })
  await page.goto(link)
}

export const invitations: State[] = [
  state('invitation', (page) => atLink(page)),
  state('invitation-providers', (page) => atLink(page, 'providers'), 'providers'),
  state('invitation-wrong', async (page) => {
    await atLink(page)
    await type(page, { 'Your name': 'Ada Lovelace', 'Email address': 'ada@example', Password: 'short' })
    await press(page, 'Create account')
  }),
  state('invitation-accept', async (page) => {
    await atLink(page)
    const link = page.url()
    await registered(page)
    await page.goto(link)
  }),
  state('invitation-dead', (page) => page.goto('/invitation/nothing')),
  state('register-invitation', (page) => page.goto('/register'), 'invited'),
  state('console-invitation-new', (page) => atTheConsole(page, '/admin/invitations/new')),
  state('console-invitation-wrong', async (page) => {
    await atTheConsole(page, '/admin/invitations/new')
    await type(page, { 'Email address': 'no address', Groups: 'nobody-made-it' })
    await press(page, 'Invite')
  }),
  state('console-invitation-link', (page) => atInvitation(page)),
  state('console-invitations', async (page) => {
    await atInvitation(page)
    await page.goto('/admin/invitations')
  }),
]

export const consolePages: State[] = [
  state('console', (page) => atTheConsole(page)),
  state('console-table', async (page) => {
    await atTheConsole(page)
    await page.locator('summary').click()
  }),
  state('console-accounts', (page) => atTheConsole(page, '/admin/accounts')),
  state('console-accounts-none', (page) => atTheConsole(page, '/admin/accounts?query=nobody&state=disabled')),
  state('console-accounts-selected', async (page) => {
    await amongAccounts(page)
    await page.getByRole('checkbox').first().check()
  }),
  state('console-accounts-none-selected', async (page) => {
    await amongAccounts(page)
    await press(page, 'Disable')
  }),
  state('console-selected-disable', (page) => atSelected(page, 'Disable')),
  state('console-selected-group', (page) => atSelected(page, 'Add to a group')),
  state('console-selected-wrong', async (page) => {
    await atSelected(page, 'Disable')
    await press(page, 'Disable 2 accounts')
  }),
  state('console-bulk-act', atBulkAct),
  state('console-bulk-acts', async (page) => {
    await atBulkAct(page)
    await page.goto('/admin/accounts/bulk-acts')
  }),
  state('console-download', (page) => atSelected(page, 'Download CSV')),
  state('console-download-found', (page) =>
    atTheConsole(page, '/admin/accounts/download?query=Grace+Hopper&state=active'),
  ),
  state('console-activity-download', (page) => atTheConsole(page, '/admin/activity/download?event=login')),
  state('console-imports', async (page) => {
    noteImports()
    await atTheConsole(page, '/admin/imports')
  }),
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
  state('console-site-activity', (page) => atTheConsole(page, '/admin/activity')),
  state('console-site-activity-none', (page) => atTheConsole(page, '/admin/activity?event=login&account=nobody')),
  state('console-settings', (page) => atTheConsole(page, '/admin/settings')),
  state('console-groups', (page) => atTheConsole(page, '/admin/groups')),
  state('console-group', (page) => atTheConsole(page, '/admin/groups/one?name=administrators')),
  state('console-group-wrong', async (page) => {
    await atTheConsole(page, '/admin/groups/create-group')
    await type(page, { Group: 'No Name', Description: 'They write' })
    await press(page, 'Create group')
  }),
  state('console-emails', (page) => atTheConsole(page, '/admin/emails')),
  state('console-emails-none', (page) => atTheConsole(page, '/admin/emails?state=failed')),
  state('console-keys', async (page) => {
    await atKey(page)
    await page.goto('/admin/keys')
  }),
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
  state('console-connection', atConnected),
  state('console-connection-removal', async (page) => {
    await atConnected(page)
    await page.getByRole('link', { name: 'Disconnect' }).click()
  }),
  state('console-new-account', (page) => atTheConsole(page, '/admin/accounts/create-account')),
]
