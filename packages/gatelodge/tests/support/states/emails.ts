// The mailbox of development, and a site that sends no emails.
import type { Page } from 'playwright-core'
import { mailboxLink } from '../data-folder.ts'
import { subjects } from '../mailbox.ts'
import { registered } from '../steps.ts'
import { type State, state } from './state.ts'

/** A page of someone who is logged in, where no email is sent. */
const silent = (name: string, path: string) =>
  state(
    `${name}-without-emails`,
    async (page: Page) => {
      await registered(page)
      await page.goto(path)
    },
    'silent',
  )

export const emails: State[] = [
  state('mailbox-empty', (page) => page.goto(mailboxLink()), 'closed'),
  state('mailbox-locked', (page) => page.goto('/dev/mailbox')),
  state('mailbox', async (page) => {
    await registered(page)
    await page.goto(mailboxLink())
  }),
  state('email', async (page) => {
    await registered(page)
    await page.goto(mailboxLink())
    await page.getByRole('link', { name: subjects.verify }).first().click()
    await page.waitForLoadState()
  }),
  state('email-previews', async (page) => {
    await page.goto(mailboxLink())
    await page.goto('/dev/mailbox/previews')
  }),
  state('email-preview', async (page) => {
    await page.goto(mailboxLink())
    await page.goto('/dev/mailbox/previews/new-device')
  }),
  state('forgot-without-emails', (page) => page.goto('/forgot-password'), 'silent'),
  silent('account', '/account'),
  silent('change-email', '/account/email'),
  silent('verify', '/verify-email'),
]
