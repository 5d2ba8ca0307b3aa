// An account without a password in a real browser: registered with Chromium's virtual authenticator, logged in with it, and the
// password instead, where the browser makes no passkey. Without scripts nothing of it is offered.
import type { Page } from 'playwright-core'
import { describe, expect, it } from 'vitest'
import { useBrowser } from '../../../support/journey.ts'
import { linkInEmail, subjects } from '../../../support/mailbox.ts'
import { useSite } from '../../../support/site.ts'
import { arrive, follow, newPerson, press, type, view } from '../../../support/steps.ts'
import { virtualAuthenticator } from '../../../support/virtual-authenticator.ts'

const site = useSite(undefined, { emailsPerClient: 10_000 })

const click = (page: Page, name: string) => arrive(page, () => page.getByRole('button', { name, exact: true }).click())

/** Asks for the account, and opens the link in the email. */
async function behindLink(page: Page): Promise<string> {
  const { name, email } = newPerson()
  await page.goto('/register')
  await type(page, { 'Your name': name, 'Email address': email })
  await click(page, 'Use a passkey instead of a password')
  expect(await view(page)).toMatchObject({ path: '/register/sent', heading: 'Check your email' })
  await page.goto(await linkInEmail(page, email, subjects.start))
  expect(await view(page)).toMatchObject({ path: '/register/start', heading: 'Finish creating your account' })
  return email
}

describe('with scripts', () => {
  const meet = useBrowser(site)

  it('an account is registered with a passkey alone, logged in with it, and gets a first password', async () => {
    const page = await meet()
    const device = await virtualAuthenticator(page)
    await behindLink(page)
    expect(await device.credentials()).toEqual([])
    await click(page, 'Create account with a passkey')
    expect(await view(page)).toMatchObject({ path: '/account', notice: 'Your account is ready.' })
    expect(await device.credentials()).toMatchObject([{ isResidentCredential: true }])
    expect(await page.locator('main').innerText()).toContain('No password')
    await press(page, 'Log out')
    // The field of the address offers it.
    await page.waitForURL('/account')
    await follow(page, 'Set a password')
    expect(await view(page)).toMatchObject({ path: '/account/password', heading: 'Set a password' })
    await type(page, { 'New password': 'amber ferry clock' })
    await press(page, 'Save password')
    const notice = 'Your password was set. All other devices were logged out.'
    expect(await view(page)).toMatchObject({ path: '/account', notice })
  })

  it('where the browser makes no passkey, the page says so, and a password is chosen behind the same link', async () => {
    const page = await meet()
    // It keeps no list of its own, so no passkey of it could log in alone.
    await virtualAuthenticator(page, { isResident: false })
    await behindLink(page)
    await page.getByRole('button', { name: 'Create account with a passkey' }).click()
    await page.getByText('No passkey was made. Try again, or choose a password instead.').waitFor()
    await follow(page, 'Choose a password instead')
    await type(page, { 'New password': 'amber ferry clock' })
    await press(page, 'Create account')
    expect(await view(page)).toMatchObject({ path: '/account', notice: 'Your account is ready.' })
  })
})

describe('without scripts', () => {
  const meet = useBrowser(site, { javaScriptEnabled: false })

  it('nothing of it is offered, and a link from another browser leads to a password', async () => {
    const page = await meet()
    await page.goto('/register')
    expect((await page.locator('body').innerText()).toLowerCase()).not.toContain('passkey')
    const { name, email } = newPerson()
    await page.request.post('/api/v1/register/passkey', { data: { name, email } })
    await page.goto(await linkInEmail(page, email, subjects.start))
    const words = await page.locator('main').innerText()
    expect(words).toContain('Creating a passkey needs JavaScript and a browser that supports passkeys.')
    expect(await page.getByRole('button', { name: 'Create account with a passkey' }).count()).toBe(0)
    await follow(page, 'Choose a password instead')
    await type(page, { 'New password': 'amber ferry clock' })
    await press(page, 'Create account')
    expect(await view(page)).toMatchObject({ path: '/account', notice: 'Your account is ready.' })
  })
})
