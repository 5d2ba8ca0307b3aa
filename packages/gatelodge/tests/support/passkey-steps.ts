// What a person with a passkey does in a browser.
import type { Page } from 'playwright-core'
import { linkInEmail, subjects } from './mailbox.ts'
import type { TestApp } from './make-app.ts'
import { shown } from './second-factor.ts'
import { arrive, follow, type Person, press, registered, type } from './steps.ts'

/** Someone new, with an address that is verified: who has a factor needs one. */
export async function verified(page: Page): Promise<Person> {
  const person = await registered(page)
  await page.goto(await linkInEmail(page, person.email, subjects.verify))
  await press(page, 'Verify this address')
  return person
}

/** The button is there once the script is. */
export async function pressPasskey(page: Page, name: string): Promise<void> {
  await arrive(page, () => page.getByRole('button', { name, exact: true }).click())
}

/** One that Chromium's virtual authenticator makes. */
export async function add(page: Page): Promise<void> {
  await page.goto('/account/passkeys')
  await follow(page, 'Add a passkey')
  await pressPasskey(page, 'Add a passkey')
}

export async function logOut(page: Page): Promise<void> {
  await page.goto('/account')
  await press(page, 'Log out')
}

/** Has the app set up as well, and is logged out. */
export async function withApp(page: Page, clock: TestApp['clock']): Promise<string> {
  await page.goto('/account/two-factor')
  const key = (await page.locator('p.code').innerText()).replaceAll(' ', '')
  await type(page, { Code: shown({ clock }, key) })
  await press(page, 'Turn on')
  await logOut(page)
  return key
}
