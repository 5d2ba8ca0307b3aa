// Deleting an account, and coming back.
import type { Page } from 'playwright-core'
import { linkInEmail, subjects } from '../mailbox.ts'
import { type Person, press, registered, type } from '../steps.ts'
import { type State, state, wrong } from './state.ts'

async function openDelete(page: Page): Promise<Person> {
  const person = await registered(page)
  await page.goto('/account/delete')
  return person
}

async function scheduleDeletion(page: Page): Promise<Person> {
  const person = await openDelete(page)
  await type(page, { 'Current password': person.password })
  await press(page, 'Delete my account')
  return person
}

async function openRestore(page: Page): Promise<void> {
  const { email } = await scheduleDeletion(page)
  await page.goto(await linkInEmail(page, email, subjects.closed))
}

export const accountDeletion: State[] = [
  state('delete', openDelete),
  state('delete-at-once', openDelete, 'atOnce'),
  state('delete-without-emails', openDelete, 'silent'),
  state('delete-wrong', async (page) => {
    await openDelete(page)
    await type(page, { 'Current password': wrong })
    await press(page, 'Delete my account')
  }),
  state('account-deleted', scheduleDeletion),
  state('account-deleted-at-once', scheduleDeletion, 'atOnce'),
  state('account-deleted-without-emails', scheduleDeletion, 'silent'),
  state('restore', openRestore),
  state('login-restored', async (page) => {
    await openRestore(page)
    await press(page, 'Restore my account')
  }),
  state('restore-dead', (page) => page.goto('/restore-account/nothing')),
]
