// Setting a second factor up, its recovery codes, and the step of the log-in.
import { Secret } from 'otpauth'
import type { Page } from 'playwright-core'
import { codeAt, stepAt } from '../../../src/identity/second-factors/totp.ts'
import { linkInEmail, subjects } from '../mailbox.ts'
import { logIn, newPerson, type Person, press, register, registered, registeredUnseen, type } from '../steps.ts'
import { verify } from './rows.ts'
import { type State, state } from './state.ts'

/** With an address that is verified, before any page was opened. */
export async function verifiedUnseen(page: Page): Promise<Person> {
  const person = await registeredUnseen(page)
  verify(person.email)
  return person
}

async function atTheSetup(page: Page): Promise<Person> {
  const person = await verifiedUnseen(page)
  await page.goto('/account/two-factor')
  return person
}

/** @returns who it is, with an app that was set up in this page. */
export async function protectedPerson(page: Page): Promise<Person> {
  const person = await atTheSetup(page)
  await turnOnApp(page)
  return person
}

/** For someone whose address is verified. */
export async function turnOnApp(page: Page): Promise<void> {
  await page.goto('/account/two-factor')
  const key = (await page.locator('p.code').innerText()).replaceAll(' ', '')
  await type(page, { Code: codeNow(key) })
  await press(page, 'Turn on')
}

/** The same as a program does it, for stories that begin behind it. @returns the recovery codes. */
export async function setUpApp(page: Page): Promise<string[]> {
  const post = async (path: string, data: object) =>
    (await page.request.post(`/api/v1/two-factor/${path}`, { data })).json()
  const { key, setup } = await post('start', {})
  const { recovery_codes } = await post('confirm', { setup, code: codeNow(key) })
  if (recovery_codes?.length !== 10) throw new Error('the app was not set up')
  return recovery_codes
}

export const codeNow = (key: string) => codeAt(Buffer.from(Secret.fromBase32(key).buffer), stepAt(Date.now()))

/** Lets the browser be trusted, by a recovery code: the code of now was used a moment ago. */
async function trusted(page: Page): Promise<Person> {
  const person = await verifiedUnseen(page)
  const [code = ''] = await setUpApp(page)
  await page.context().clearCookies()
  await logIn(page, person)
  await page.getByRole('link', { name: 'Use a recovery code' }).click()
  await page.getByLabel('Trust this device').check()
  await type(page, { 'Recovery code': code })
  await press(page, 'Log in')
  return person
}

async function atTheStep(page: Page): Promise<Person> {
  const person = await verifiedUnseen(page)
  await setUpApp(page)
  await page.context().clearCookies()
  await logIn(page, person)
  return person
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
  state('two-factor', async (page) => void (await atTheStep(page))),
  state('two-factor-wrong', async (page) => {
    await atTheStep(page)
    await type(page, { Code: '000000' })
    await press(page, 'Log in')
  }),
  state('two-factor-recovery-code', async (page) => {
    await atTheStep(page)
    await page.getByRole('link', { name: 'Use a recovery code' }).click()
  }),
  state('two-factor-used', async (page) => {
    const person = await atTheSetup(page)
    const code = codeNow((await page.locator('p.code').innerText()).replaceAll(' ', ''))
    await type(page, { Code: code })
    await press(page, 'Turn on')
    await press(page, 'Log out')
    await logIn(page, person)
    await type(page, { Code: code })
    await press(page, 'Log in')
  }),
  state('two-factor-other-digits', async (page) => {
    await atTheStep(page)
    await type(page, { Code: '１２３４５６' })
    await press(page, 'Log in')
  }),
  state('two-factor-recovery-code-wrong', async (page) => {
    await atTheStep(page)
    await page.getByRole('link', { name: 'Use a recovery code' }).click()
    await type(page, { 'Recovery code': 'aaaa-bbbb-cccc-dddd' })
    await press(page, 'Log in')
  }),
  state('two-factor-rate-limited', async (page) => {
    const person = await atTheStep(page)
    const post = (path: string, data: object) => page.request.post(`/api/v1/${path}`, { data })
    for (let wrong = 0; wrong < 11; wrong += 1) {
      await post('login', person)
      await post('two-factor', { code: '000000' })
    }
    await page.context().clearCookies()
    await logIn(page, person)
    await type(page, { Code: '000000' })
    await press(page, 'Log in')
  }),
  state('two-factor-cancelled', async (page) => {
    await atTheStep(page)
    await press(page, 'Cancel')
  }),
  state('reauthenticate-code', async (page) => {
    const person = await trusted(page)
    await press(page, 'Log out')
    // By the password alone.
    await logIn(page, person)
    await page.goto('/account/email')
  }),
  state('devices-trusted', async (page) => {
    await trusted(page)
    await page.goto('/account/devices')
  }),
  state('two-factor-removed', async (page) => {
    await protectedPerson(page)
    await page.goto('/account/two-factor')
    await press(page, 'Turn off two-factor authentication')
  }),
  state(
    'two-factor-demanded',
    async (page) => {
      const person = newPerson()
      await register(page, person)
      await page.goto(await linkInEmail(page, person.email, subjects.verify))
      await press(page, 'Verify this address')
    },
    'factorRequired',
  ),
  state(
    'two-factor-off',
    async (page) => {
      await registered(page)
      await page.goto('/account/two-factor')
    },
    'factorOff',
  ),
]
