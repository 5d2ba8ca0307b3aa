// Registration, at once or with an email in front.
import type { Page } from 'playwright-core'
import { linkInEmail, subjects } from '../mailbox.ts'
import { follow, newPerson, press, register, registered, type } from '../steps.ts'
import { virtualAuthenticator } from '../virtual-authenticator.ts'
import { ada, type State, state, wrong } from './state.ts'

const typedWrongly = { 'Your name': 'Ada Lovelace', 'Email address': 'ada@example', Password: 'short' }

export const registration: State[] = [
  state('register', (page) => page.goto('/register')),
  state('register-wrong', async (page) => {
    await page.goto('/register')
    await type(page, typedWrongly)
    await press(page, 'Create account')
  }),
  state('register-taken', async (page) => {
    const taken = await registered(page, { email: 'mary@example.org' })
    await press(page, 'Log out')
    await register(page, taken)
  }),
  state('register-common-password', (page) => register(page, { ...ada, password: 'password123' })),
  state('register-typo', (page) => register(page, { ...ada, email: 'ada@gmial.com' })),
  state('register-closed', (page) => page.goto('/register'), 'closed'),
]

/** The page behind the link of someone who wants a passkey and no password. */
async function openPasskeyStart(page: Page): Promise<void> {
  const { name, email } = newPerson()
  await page.request.post('/api/v1/register/passkey', { data: { name, email } })
  await page.goto(await linkInEmail(page, email, subjects.start))
}

export const passkeyAlone: State[] = [
  state('register-passkey-start', openPasskeyStart),
  state('register-passkey-cancelled', async (page) => {
    const device = await virtualAuthenticator(page)
    try {
      await device.verifies(false)
      await openPasskeyStart(page)
      await page.locator('[data-passkey=add]:not([hidden])').click()
      await page.getByRole('status').filter({ hasText: /./ }).waitFor()
    } finally {
      await device.remove()
    }
  }),
  state('register-passkey-password', async (page) => {
    await openPasskeyStart(page)
    await follow(page, 'Choose a password instead')
  }),
]

/** The link in the email of someone who has registered in this browser. */
async function startLink(page: Page): Promise<string> {
  const person = newPerson()
  await register(page, person)
  return linkInEmail(page, person.email, subjects.start)
}

/** The page behind it, in this browser or (its cookies gone) in another. */
async function openStart(page: Page, { here }: { here: boolean }): Promise<void> {
  const link = await startLink(page)
  if (!here) await page.context().clearCookies()
  await page.goto(link)
}

export const confirmFirst: State[] = [
  state('register-sent', (page) => register(page, newPerson()), 'confirmFirst'),
  state('register-start', (page) => openStart(page, { here: true }), 'confirmFirst'),
  state('register-start-elsewhere', (page) => openStart(page, { here: false }), 'confirmFirst'),
  state(
    'register-start-wrong',
    async (page) => {
      await openStart(page, { here: false })
      await type(page, { Password: wrong })
      await press(page, 'Create account')
    },
    'confirmFirst',
  ),
  state('register-start-dead', (page) => page.goto('/register/start/nothing'), 'confirmFirst'),
]
