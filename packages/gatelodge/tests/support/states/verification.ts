// Confirming an address: waiting for the email, the page behind its link, and afterwards.
import type { Page } from 'playwright-core'
import { linkInEmail, subjects } from '../mailbox.ts'
import { elsewhere, newPerson, type Person, press, register, registered, type } from '../steps.ts'
import { type State, state, wrong } from './state.ts'

/** Opens the link in the email, in this browser or (its cookies gone) in another. */
async function openLink(page: Page, { here }: { here: boolean }): Promise<Person> {
  const person = await registered(page)
  const link = await linkInEmail(page, person.email, subjects.verify)
  if (!here) await page.context().clearCookies()
  await page.goto(link)
  return person
}

async function confirmTwice(page: Page, { here }: { here: boolean }): Promise<void> {
  const person = await openLink(page, { here: true })
  await press(page, 'Verify this address')
  const link = await linkInEmail(page, person.email, subjects.verify)
  if (!here) await page.context().clearCookies()
  await page.goto(link)
}

/** At the gate, whose last step was passed on another device. */
async function continueElsewhere(page: Page): Promise<void> {
  const person = newPerson()
  await register(page, person)
  const link = await linkInEmail(page, person.email, subjects.verify)
  await elsewhere(page, async (other) => {
    await other.goto(link)
    await type(other, { Password: person.password })
    await press(other, 'Verify this address')
  })
  await page.goto('/login/continue')
}

export const verification: State[] = [
  state('verify', async (page) => {
    await registered(page)
    await page.goto('/verify-email')
  }),
  state('verify-rate-limited', async (page) => {
    await registered(page)
    await page.goto('/verify-email')
    await press(page, 'Send again')
  }),
  state('verify-gate', (page) => register(page, newPerson()), 'gated'),
  state('login-continue', continueElsewhere, 'gated'),
  state('confirm-address', (page) => openLink(page, { here: true })),
  state('confirm-address-elsewhere', (page) => openLink(page, { here: false })),
  state('confirm-address-wrong', async (page) => {
    await openLink(page, { here: false })
    await type(page, { Password: wrong })
    await press(page, 'Verify this address')
  }),
  state('account-verified', async (page) => {
    await openLink(page, { here: true })
    await press(page, 'Verify this address')
  }),
  state('confirm-address-done', (page) => confirmTwice(page, { here: true })),
  state('confirm-address-done-elsewhere', (page) => confirmTwice(page, { here: false })),
  state('confirm-address-dead', (page) => page.goto('/verify-email/nothing')),
]
