// The pages of those who run the site.
import type { Page } from 'playwright-core'
import { promote, type State, state } from './state.ts'
import { protectedPerson } from './two-factor.ts'

/** An administrator who has just proved it. */
async function atTheConsole(page: Page, path = '/admin'): Promise<void> {
  const { email } = await protectedPerson(page)
  promote(email)
  await page.goto(path)
}

export const consolePages: State[] = [state('console', (page) => atTheConsole(page))]
