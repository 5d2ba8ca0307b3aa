// What goes wrong without anyone's doing.
import type { Page } from 'playwright-core'
import { arrive, logIn, press, registered } from '../steps.ts'
import { spoil } from './rows.ts'
import { ada, type State, state } from './state.ts'

/** Sends a form of the log-in page with what no browser puts into it. */
async function send(page: Page, change: string): Promise<void> {
  await page.goto('/login')
  await arrive(page, () =>
    page.evaluate(`{
      const form = document.querySelector('main form')
      const add = (name, value) => form.append(Object.assign(document.createElement('input'), { name, value }))
      ${change}
      form.submit()
    }`),
  )
}

export const failures: State[] = [
  state('not-found', (page) => page.goto('/nothing-here')),
  state('cross-site-request', async (page) => {
    await registered(page)
    // Where there is no page at the form's address that could be shown again.
    await page.evaluate("document.forms[0].action = '/nothing-here'; document.forms[0].form_token.value = ''")
    await press(page, 'Log out')
  }),
  state('not-saved', async (page) => {
    await registered(page)
    await page.goto('/account/profile')
    await page.context().clearCookies()
    await press(page, 'Save name')
  }),
  state('unavailable', (page) => logIn(page, ada), 'away'),
  state(
    'failed',
    async (page) => {
      const { email } = await registered(page)
      spoil(email)
      await page.goto('/account')
    },
    'broken',
  ),
  state('unreadable', (page) => send(page, 'for (let at = 0; at < 200; at += 1) add("more" + at, "")')),
  state('unknown-type', (page) => send(page, 'form.enctype = "text/plain"')),
  state('too-large', (page) => send(page, 'add("more", "x".repeat(200_000))')),
  state('headers-too-large', (page) => page.goto(`/login?more=${'x'.repeat(40_000)}`)),
]
