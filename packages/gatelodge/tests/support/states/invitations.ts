// Invitations: those who make them, and those who have one.
import type { Page } from 'playwright-core'
import { elsewhere, press, registered, type } from '../steps.ts'
import { atTheConsole } from './console.ts'
import { type SiteKind, type State, state } from './state.ts'

/** An administrator who has made an invitation, and sees its link. */
async function atInvitation(page: Page, kind?: SiteKind): Promise<void> {
  await atTheConsole(page, '/admin/invitations/new', kind)
  await type(page, { 'Number of people': '2' })
  await press(page, 'Invite')
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
  state('console-invitations-none', (page) => atTheConsole(page, '/admin/invitations', 'atOnce'), 'atOnce'),
  state('console-invitations-revoked', async (page) => {
    await atTheConsole(page, '/admin/invitations/new')
    await type(page, { 'Email address': `${'invited-'.repeat(7)}guest@example.org` })
    await press(page, 'Invite')
    await page.goto('/admin/invitations')
    await page
      .getByRole('button', { name: /^Revoke/ })
      .first()
      .click()
    await page.waitForLoadState()
  }),
]
