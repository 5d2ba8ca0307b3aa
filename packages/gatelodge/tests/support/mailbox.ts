// Emails as a person reads them while developing: in the mailbox, in another tab of the same browser.
import type { Page } from 'playwright-core'
import { mailboxLink } from './data-folder.ts'
import { arrive } from './steps.ts'

/** How to know an email by its subject, whatever the site is called. */
export const subjects = {
  verify: /^Verify your email address for/,
  start: /^Finish creating/,
  known: /^You already have/,
  reset: /^Reset your/,
  wasReset: /^Your password at .* was reset$/,
  confirmEmail: /^Verify your new/,
  emailAsked: /^Request to change your email/,
  emailChanged: /was changed$/,
  newDevice: /^New login to/,
  closed: /^Your account at .* will be deleted$/,
}

/** The tab with the newest such email to that address. Anyone who opens it closes it. */
export async function openEmail(page: Page, to: string, subject: RegExp): Promise<Page> {
  const tab = await page.context().newPage()
  await tab.goto(mailboxLink())
  const message = tab.getByRole('listitem').filter({ hasText: to }).getByRole('link', { name: subject })
  await arrive(tab, () => message.first().click())
  return tab
}

/** Where the link in it leads. */
export async function linkInEmail(page: Page, to: string, subject: RegExp): Promise<string> {
  const tab = await openEmail(page, to, subject)
  const link = await tab.locator('.email a').first().getAttribute('href')
  await tab.close()
  if (!link) throw new Error(`the email ${subject} to ${to} has no link`)
  return link
}
