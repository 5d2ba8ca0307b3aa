// Passkeys that go astray, and what they are asked for beside the login (more in tests/journeys/passkeys.test.ts).
import { expect, it } from 'vitest'
import { minutes } from '../../../../src/time.ts'
import { useBrowser } from '../../../support/journey.ts'
import { movedClock } from '../../../support/make-app.ts'
import { add, logOut, pressPasskey, verified, withApp } from '../../../support/passkey-steps.ts'
import { useSite } from '../../../support/site.ts'
import { follow, logIn, press, type, view } from '../../../support/steps.ts'
import { virtualAuthenticator } from '../../../support/virtual-authenticator.ts'

const clock = movedClock(Date.now())
const site = useSite(undefined, { emailsPerClient: 10_000 }, { clock })
const meet = useBrowser(site)

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

it('hanko#1593: a passkey that the site does not know is said to be removed, and the device forgets it', async () => {
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

it('hanko#1968: a security key that keeps no list and checks nobody is added, and passes the step', async () => {
  const page = await meet()
  const device = await virtualAuthenticator(page, { isResident: false, canVerify: false, isInternal: false })
  const person = await verified(page)
  await add(page)
  expect((await view(page)).path).toBe('/account/passkeys/rename')
  expect(await device.credentials()).toMatchObject([{ isResidentCredential: false }])
  await device.isTouched(false)
  await withApp(page, clock)
  await logIn(page, person)
  await device.isTouched(true)
  await pressPasskey(page, 'Use a passkey')
  expect(await view(page)).toMatchObject({ path: '/account' })
  expect((await device.credentials())[0]?.signCount).toBeGreaterThan(1)
})

it('a passkey reauthenticates, where a page asks for a fresh proof', async () => {
  const page = await meet()
  await virtualAuthenticator(page)
  await verified(page)
  await add(page)
  clock.pass(minutes(11))
  await page.goto('/account/passkeys')
  await follow(page, 'Add a passkey')
  expect((await view(page)).path).toBe('/reauthenticate')
  await pressPasskey(page, 'Use a passkey')
  expect((await view(page)).path).toBe('/account/passkeys/add')
})

it('a passkey that was made elsewhere is in the list, gets a name and is removed', async () => {
  const page = await meet({ javaScriptEnabled: false })
  const scripted = await meet()
  await virtualAuthenticator(scripted)
  await verified(scripted)
  await add(scripted)
  await page.context().addCookies(await scripted.context().cookies())
  await page.goto('/account/passkeys')
  expect(await page.locator('.devices li').count()).toBe(1)
  await follow(page, 'Rename Passkey')
  await type(page, { 'Name of the passkey': 'My key' })
  await press(page, 'Save name')
  await follow(page, 'Remove My key')
  await press(page, 'Remove passkey')
  expect(await page.locator('main').innerText()).toContain('You have no passkeys yet.')
})
