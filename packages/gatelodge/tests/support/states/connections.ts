// Other ways to log in.
import type { Page } from 'playwright-core'
import { arrive, follow, newPerson, press, registered, type } from '../steps.ts'
import { type State, state } from './state.ts'
import { startWorkProvider } from './work-provider.ts'

/** Its page speaks its own language, whatever that of the site is. */
async function proveThere(page: Page, name: string): Promise<void> {
  await page.locator('input').first().fill(name)
  await arrive(page, () => page.locator('button').first().click())
}

/** Back from a provider that knows them, at a site that does not. */
async function atNewcomer(page: Page): Promise<void> {
  await startWorkProvider()
  await page.goto('/login')
  await follow(page, 'Continue with Acme')
  const { email } = newPerson()
  await proveThere(page, email.split('@', 1)[0] ?? '')
}

/** The other ways to log in of someone who has no password. */
async function withoutPassword(page: Page, path: string): Promise<void> {
  await atNewcomer(page)
  await press(page, 'Create account')
  await page.goto(path)
}

const provided = (name: string, reach: State['reach']) => state(name, reach, 'providers')

export const connections: State[] = [
  state('providers-login-one', (page) => page.goto('/login'), 'oneProvider'),
  state('providers-login-two', (page) => page.goto('/login'), 'twoProviders'),
  provided('providers-login', (page) => page.goto('/login')),
  provided('providers-login-wrong', async (page) => {
    await page.goto('/login')
    await press(page, 'Log in')
  }),
  provided('providers-register', (page) => page.goto('/register')),
  provided('providers-of-account', async (page) => {
    await registered(page)
    await page.goto('/account/connections')
  }),
  provided('providers-connected', (page) => withoutPassword(page, '/account/connections')),
  provided('providers-last-way-in', async (page) => {
    await withoutPassword(page, '/account/connections')
    await arrive(page, () => page.locator('.devices button').click())
  }),
  provided('providers-account', (page) => withoutPassword(page, '/account')),
  provided('providers-reauthenticate', (page) => withoutPassword(page, '/reauthenticate')),
  provided('provider-newcomer', atNewcomer),
  provided('provider-newcomer-wrong', async (page) => {
    await atNewcomer(page)
    await type(page, { 'Your name': '' })
    await press(page, 'Create account')
  }),
  provided('provider-over', (page) => page.goto('/login/with/work/callback?code=none&state=none')),
]
