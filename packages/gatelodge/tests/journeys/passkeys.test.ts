// Passkeys in a real browser, with Chromium's virtual authenticator: made, used by the button and in the field of the address,
// renamed and removed. Without scripts nothing of it is shown but the list.
import type { Page } from 'playwright-core'
import { describe, expect, it } from 'vitest'
import { useBrowser } from '../support/journey.ts'
import { linkInEmail, subjects } from '../support/mailbox.ts'
import { useSite } from '../support/site.ts'
import { arrive, follow, logIn, type Person, press, registered, type, view } from '../support/steps.ts'
import { virtualAuthenticator } from '../support/virtual-authenticator.ts'

const site = useSite(undefined, { emailsPerClient: 10_000 })

async function verified(page: Page): Promise<Person> {
  const person = await registered(page)
  await page.goto(await linkInEmail(page, person.email, subjects.verify))
  await press(page, 'Verify this address')
  return person
}

/** The button is there once the script is. */
async function pressPasskey(page: Page, name: string): Promise<void> {
  await arrive(page, () => page.getByRole('button', { name, exact: true }).click())
}

async function add(page: Page): Promise<void> {
  await page.goto('/account/passkeys')
  await follow(page, 'Add a passkey')
  await pressPasskey(page, 'Add a passkey')
}

async function logOut(page: Page): Promise<void> {
  await page.goto('/account')
  await press(page, 'Log out')
}

describe('with scripts', () => {
  const meet = useBrowser(site)

  it('a passkey is made and named, logs in by the button, and is removed', async () => {
    const page = await meet()
    const device = await virtualAuthenticator(page)
    const { email } = await verified(page)
    await add(page)
    expect(await view(page)).toMatchObject({ path: '/account/passkeys/rename', heading: 'Name this passkey' })
    await type(page, { 'Name of the passkey': 'My laptop' })
    await press(page, 'Save name')
    expect(await view(page)).toMatchObject({ path: '/account/passkeys', notice: 'The passkey has a new name.' })
    expect(await page.locator('.devices li').allInnerTexts()).toEqual([
      expect.stringMatching(/^My laptop\s+This device only/),
    ])
    expect(await device.credentials()).toHaveLength(1)

    // The offer in the field of the address stays open, because nobody touches the device.
    await device.isTouched(false)
    const offered = page.waitForResponse('**/login/passkey/options')
    await logOut(page)
    await offered
    await page.evaluate('PublicKeyCredential.isConditionalMediationAvailable()')
    await device.isTouched(true)
    // Now the one question that is open is that of the button.
    await pressPasskey(page, 'Log in with a passkey')
    expect(await view(page)).toMatchObject({ path: '/account' })
    expect(await page.locator('main').innerText()).toContain(email)

    await page.goto('/account/passkeys')
    await follow(page, 'Remove My laptop')
    await press(page, 'Remove passkey')
    expect(await view(page)).toMatchObject({ path: '/account/passkeys' })
    expect(await page.locator('main').innerText()).toContain('You have no passkeys yet.')
    // The browser got the signal (Signal API), so it does not offer the passkey any more.
    await expect.poll(() => device.credentials()).toEqual([])
  })

  it('a passkey is offered in the field of the address, and logs in without a press of any button', async () => {
    const page = await meet()
    await virtualAuthenticator(page)
    await verified(page)
    await add(page)
    await logOut(page)
    await page.waitForURL('/account')
    expect(await page.locator('.events').innerText()).toMatch(/Logged in[\s\S]*Logged out/)
  })

  it('hanko#441: after a question that was given up, the page says so, and the next one works', async () => {
    const page = await meet()
    const device = await virtualAuthenticator(page)
    const ada = await verified(page)
    await add(page)
    await device.isTouched(false)
    await logOut(page)
    const kept = await device.credentials()
    await device.forgetAll()
    await device.isTouched(true)
    await page.getByRole('button', { name: 'Log in with a passkey' }).click()
    await page.getByText('No passkey was used. You can try again, or log in another way.').waitFor()
    expect(kept).toHaveLength(1)
    await logIn(page, ada)
    expect(await view(page)).toMatchObject({ path: '/account' })
  })

  it('an authenticator that has one already makes no second one', async () => {
    const page = await meet()
    const device = await virtualAuthenticator(page)
    await verified(page)
    await add(page)
    await page.goto('/account/passkeys')
    await follow(page, 'Add a passkey')
    await page.getByRole('button', { name: 'Add a passkey' }).click()
    await page.getByText('This device or security key already has a passkey for your account.').waitFor()
    expect(await device.credentials()).toHaveLength(1)
  })

  it('a passkey that the site does not know is said to be removed, and the device forgets it', async () => {
    const page = await meet()
    const device = await virtualAuthenticator(page)
    await verified(page)
    await add(page)
    // In another browser of the same person, so that this one does not get the signal.
    const state = await page.context().storageState()
    const other = await meet({ storageState: state, javaScriptEnabled: false })
    await other.goto('/account/passkeys')
    await follow(other, 'Remove Passkey')
    await press(other, 'Remove passkey')
    await press(page, 'Log out')
    await page.getByText('This site does not know that passkey.').waitFor()
    await expect.poll(() => device.credentials()).toEqual([])
  })
})

describe('without scripts', () => {
  const meet = useBrowser(site, { javaScriptEnabled: false })

  it('the log-in page has no button for passkeys, the list is there, and adding says what it needs', async () => {
    const page = await meet()
    await page.goto('/login')
    expect(await page.getByRole('button', { name: 'Log in with a passkey' }).isVisible()).toBe(false)
    await verified(page)
    await page.goto('/account/passkeys')
    expect(await page.locator('main').innerText()).toContain('You have no passkeys yet.')
    await follow(page, 'Add a passkey')
    expect(await page.locator('main').innerText()).toContain('Adding a passkey needs JavaScript')
    expect(await page.getByRole('button', { name: 'Add a passkey' }).isVisible()).toBe(false)
  })
})
