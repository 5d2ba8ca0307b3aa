// Where someone is logged in, and the login page of a device that no longer is.
import type { Page } from 'playwright-core'
import { linkInEmail, subjects } from '../mailbox.ts'
import { changePassword, elsewhere, type Person, press, registered, type } from '../steps.ts'
import { type State, state } from './state.ts'

const phone =
  'Mozilla/5.0 (iPhone; CPU iPhone OS 18_1 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.1 Mobile/15E148 Safari/604.1'
const laptop = 'Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:140.0) Gecko/20100101 Firefox/140.0'

/** As a program does it: what stands on the page of devices is the same. */
async function loggedIn(page: Page, data: Person): Promise<void> {
  const answer = await page.request.post('/api/v1/login', { data })
  if (answer.status() !== 200) throw new Error(`logging in was answered ${answer.status()}: ${await answer.text()}`)
}

async function onThreeDevices(page: Page): Promise<void> {
  const person = await registered(page)
  for (const userAgent of [phone, laptop]) await elsewhere(page, (other) => loggedIn(other, person), { userAgent })
  await page.goto('/account/devices')
}

/** What is done elsewhere ends the session here, and the next page says why. */
function endedBy(reason: string, end: (other: Page, person: Person) => Promise<unknown>): State {
  return state(`login-ended-${reason}`, async (page) => {
    const person = await registered(page)
    await elsewhere(page, async (other) => {
      await loggedIn(other, person)
      await end(other, person)
    })
    await page.goto('/account')
  })
}

export const devices: State[] = [
  state('devices', async (page) => {
    await registered(page)
    await page.goto('/account/devices')
  }),
  state('devices-many', onThreeDevices),
  state('devices-paged', async (page) => {
    const person = await registered(page)
    await elsewhere(page, async (other) => {
      for (let device = 0; device < 44; device += 1) {
        await other.context().clearCookies()
        await loggedIn(other, person)
      }
    })
    await page.goto('/account/devices')
  }),
  state('devices-one-ended', async (page) => {
    await onThreeDevices(page)
    await press(page, 'Log out Firefox on Windows')
  }),
  endedBy('elsewhere', async (other) => {
    await other.goto('/account/devices')
    await press(other, 'Log out all other devices')
  }),
  endedBy('password-changed', (other, { password }) => changePassword(other, password, 'amber ferry clock')),
  endedBy('password-reset', async (other, { email }) => {
    await other.context().clearCookies()
    await other.goto('/forgot-password')
    await type(other, { 'Email address': email })
    await press(other, 'Send reset link')
    await other.goto(await linkInEmail(other, email, subjects.reset))
    await type(other, { 'New password': 'amber ferry clock' })
    await press(other, 'Save new password')
  }),
  endedBy('address-confirmed', async (other, { email }) => {
    await other.goto(await linkInEmail(other, email, subjects.verify))
    await press(other, 'Verify this address')
  }),
  endedBy('account-deletion-scheduled', async (other, { password }) => {
    await other.goto('/account/delete')
    await type(other, { 'Current password': password })
    await press(other, 'Delete my account')
  }),
]
