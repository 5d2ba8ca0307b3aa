// The login page.
import type { Page } from 'playwright-core'
import { logIn, press, registered, type } from '../steps.ts'
import { demandNewPassword } from './rows.ts'
import { ada, type State, state } from './state.ts'

async function atNewPassword(page: Page): Promise<void> {
  const person = await registered(page)
  await press(page, 'Log out')
  demandNewPassword(person.email)
  await logIn(page, person)
}

/** So many from this network that the next one has to wait: at a site where nobody else logs in. */
async function refusedPasskeys(page: Page): Promise<void> {
  await page.goto('/login')
  const { origin } = new URL(page.url())
  for (let time = 0; time < 39; time += 1)
    await page.request.post('/login/passkey', { form: {}, headers: { origin }, maxRedirects: 0 })
  await page.evaluate(`document.querySelector('main form').action = '/login/passkey'`)
  await press(page, 'Log in')
}

export const login: State[] = [
  state('login', (page) => page.goto('/login')),
  state('login-asked-for', (page) => page.goto('/account')),
  state('login-empty', async (page) => {
    await page.goto('/login')
    await press(page, 'Log in')
  }),
  state('login-wrong', (page) => logIn(page, { ...ada, email: 'nobody@example.org' })),
  state('login-rate-limited', async (page) => {
    for (let time = 0; time < 6; time += 1) await logIn(page, { ...ada, email: 'guessed@example.org' })
  }),
  state('login-not-arrived', (page) => page.goto('/login?not_arrived=1')),
  // As after the first form, in a browser that keeps no cookies.
  state('cookies-off', (page) => page.goto('/account?cookies=1')),
  state('login-logged-out', async (page) => {
    await registered(page)
    await press(page, 'Log out')
  }),
  state('new-password', atNewPassword),
  state('new-password-wrong', async (page) => {
    await atNewPassword(page)
    await type(page, { 'New password': 'short' })
    await press(page, 'Save and log in')
  }),
  state('login-passkey-rate-limited', refusedPasskeys, 'closed'),
]
