// A forgotten password: asking for the link, and setting a new one.
import type { Page } from 'playwright-core'
import { linkInEmail, subjects } from '../mailbox.ts'
import { follow, press, registered, type } from '../steps.ts'
import { ada, type State, state } from './state.ts'

async function ask(page: Page, email: string): Promise<void> {
  await page.goto('/forgot-password')
  await type(page, { 'Email address': email })
  await press(page, 'Send reset link')
}

async function openReset(page: Page): Promise<void> {
  const { email } = await registered(page)
  await press(page, 'Log out')
  await ask(page, email)
  await page.goto(await linkInEmail(page, email, subjects.reset))
}

async function reset(page: Page, password: string): Promise<void> {
  await openReset(page)
  await type(page, { 'New password': password })
  await press(page, 'Save new password')
}

export const passwordReset: State[] = [
  state('forgot', (page) => page.goto('/forgot-password')),
  state('forgot-empty', (page) => ask(page, '')),
  state('forgot-wrong', (page) => ask(page, 'ada@example')),
  state('forgot-sent', (page) => ask(page, ada.email)),
  state('forgot-other-address', async (page) => {
    await ask(page, ada.email)
    await follow(page, 'Use another address')
  }),
  state('reset', openReset),
  state('reset-weak', (page) => reset(page, 'password123')),
  state('login-password-reset', (page) => reset(page, 'amber ferry clock')),
  state('reset-elsewhere', (page) => page.goto('/reset-password')),
  state('reset-dead', (page) => page.goto('/reset-password/nothing')),
]
