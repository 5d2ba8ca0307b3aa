// Setting a second factor up, its recovery codes, and the step of the log-in.
import { Secret } from 'otpauth'
import type { Page } from 'playwright-core'
import { codeAt, stepAt } from '../../../src/identity/second-factors/totp.ts'
import { linkInEmail, subjects } from '../mailbox.ts'
import { logIn, type Person, press, registered, type } from '../steps.ts'
import { type State, state } from './state.ts'

async function atTheSetup(page: Page): Promise<Person> {
  const person = await registered(page)
  await page.goto(await linkInEmail(page, person.email, subjects.verify))
  await press(page, 'Verify this address')
  await page.goto('/account/two-factor')
  return person
}

/** @returns who it is, with an app that was set up in this page. */
async function protectedPerson(page: Page): Promise<Person> {
  const person = await atTheSetup(page)
  const key = (await page.locator('p.code').innerText()).replaceAll(' ', '')
  await type(page, { Code: codeAt(Buffer.from(Secret.fromBase32(key).buffer), stepAt(Date.now())) })
  await press(page, 'Turn on')
  return person
}

async function atTheStep(page: Page): Promise<void> {
  const person = await protectedPerson(page)
  await press(page, 'Log out')
  await logIn(page, person)
}

export const twoFactor: State[] = [
  state('two-factor-not-verified', async (page) => {
    await registered(page)
    await page.goto('/account/two-factor')
  }),
  state('two-factor-set-up', async (page) => void (await atTheSetup(page))),
  state('two-factor-set-up-wrong', async (page) => {
    await atTheSetup(page)
    await type(page, { Code: '000000' })
    await press(page, 'Turn on')
  }),
  state('recovery-codes', async (page) => void (await protectedPerson(page))),
  state('recovery-codes-left', async (page) => {
    await protectedPerson(page)
    await page.goto('/account/recovery-codes')
  }),
  state('two-factor-on', async (page) => {
    await protectedPerson(page)
    await press(page, 'I have saved my codes')
  }),
  state('two-factor', atTheStep),
  state('two-factor-wrong', async (page) => {
    await atTheStep(page)
    await type(page, { Code: '000000' })
    await press(page, 'Log in')
  }),
  state('two-factor-recovery-code', async (page) => {
    await atTheStep(page)
    await page.getByRole('link', { name: 'Use a recovery code' }).click()
  }),
]
