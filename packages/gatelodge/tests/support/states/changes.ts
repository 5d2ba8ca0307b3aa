// Another name, another address, and the password that is asked for before.
import type { Page } from 'playwright-core'
import { linkInEmail, subjects } from '../mailbox.ts'
import { newPerson, type Person, press, registered, type } from '../steps.ts'
import { type State, state, wrong } from './state.ts'

async function saveName(page: Page, name: string): Promise<void> {
  await registered(page)
  await page.goto('/account/profile')
  await type(page, { 'Your name': name })
  await press(page, 'Save name')
}

/** @returns the address that they have. */
async function askForEmail(page: Page, email?: string): Promise<string> {
  const person = await registered(page)
  await page.goto('/account/email')
  await type(page, { 'New email address': email ?? person.email })
  await press(page, 'Send verification link')
  return person.email
}

async function openReauthentication(page: Page): Promise<string> {
  const { email } = newPerson()
  await askForEmail(page, email)
  const link = await linkInEmail(page, email, subjects.confirmEmail)
  await page.goto(link)
  return link
}

/** Someone has changed the address, and its owner opens the link that the old one got. */
async function openUndo(page: Page): Promise<Person> {
  const person = await registered(page)
  await page.goto(await linkInEmail(page, person.email, subjects.verify))
  await press(page, 'Verify this address')
  const { email } = newPerson()
  await page.goto('/account/email')
  await type(page, { 'New email address': email })
  await press(page, 'Send verification link')
  await page.goto(await linkInEmail(page, email, subjects.confirmEmail))
  await press(page, 'Use this address')
  await page.context().clearCookies()
  await page.goto(await linkInEmail(page, person.email, subjects.emailChanged))
  return person
}

async function undo(page: Page, typed?: string): Promise<void> {
  const { email } = await openUndo(page)
  await type(page, { 'Email address': typed ?? email })
  await press(page, 'Restore address')
}

const names: State[] = [
  state('change-name', async (page) => {
    await registered(page)
    await page.goto('/account/profile')
  }),
  state('change-name-wrong', (page) => saveName(page, '')),
  state('account-name-changed', (page) => saveName(page, 'Countess Lovelace')),
]

const addresses: State[] = [
  state('change-email', async (page) => {
    await registered(page)
    await page.goto('/account/email')
  }),
  state('change-email-wrong', (page) => askForEmail(page, 'ada@example')),
  state('change-email-same', (page) => askForEmail(page)),
  state('change-email-pending', (page) => askForEmail(page, newPerson().email)),
  state('change-email-rate-limited', async (page) => {
    await askForEmail(page, newPerson().email)
    await press(page, 'Send the link again')
  }),
  state('account-pending', async (page) => {
    await askForEmail(page, newPerson().email)
    await page.goto('/account')
  }),
  state('account-change-cancelled', async (page) => {
    await askForEmail(page, newPerson().email)
    await press(page, 'Cancel the change')
  }),
  state('confirm-email', openReauthentication),
  state('confirm-email-elsewhere', async (page) => {
    const link = await openReauthentication(page)
    await page.context().clearCookies()
    await page.goto(link)
  }),
  state('account-email-changed', async (page) => {
    await openReauthentication(page)
    await press(page, 'Use this address')
  }),
  state('confirm-email-done', async (page) => {
    const link = await openReauthentication(page)
    await press(page, 'Use this address')
    await page.goto(link)
  }),
  state('confirm-email-other-account', async (page) => {
    const link = await openReauthentication(page)
    await page.context().clearCookies()
    await registered(page)
    await page.goto(link)
  }),
  state('undo-email-change', openUndo),
  state('undo-email-change-wrong', (page) => undo(page, 'ada@example.org')),
  state('forgot-after-undo', (page) => undo(page)),
  state('undo-email-change-dead', (page) => page.goto('/undo-email-change/nothing')),
  state('confirm-email-dead', (page) => page.goto('/confirm-email/nothing')),
]

const passwords: State[] = [
  state('reauthenticate', async (page) => {
    await registered(page)
    await page.goto('/reauthenticate')
  }),
  state('reauthenticate-wrong', async (page) => {
    await registered(page)
    await page.goto('/reauthenticate')
    await type(page, { 'Current password': wrong })
    await press(page, 'Continue')
  }),
]

/** The form of a session that has ended meanwhile, sent by the next one. */
async function sendStale(page: Page): Promise<void> {
  await saveName(page, 'Grace Hopper')
  await page.goto('/account/profile')
  await page.evaluate("document.forms[1].form_token.value = ''")
  await press(page, 'Save name')
}

export const changes: State[] = [state('form-stale', sendStale), ...names, ...addresses, ...passwords]
