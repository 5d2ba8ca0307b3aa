// The exercise that Gatelodge began as, from start to end: registration, success page, logout, login.
import type { Page } from 'playwright-core'
import { expect, it } from 'vitest'
import { onEachDatabase } from '../support/databases.ts'
import { withAndWithoutScripts } from '../support/journey.ts'
import { useSite } from '../support/site.ts'
import { follow, newPerson, type Person, press, type, view } from '../support/steps.ts'

onEachDatabase('The exercise', (database) => {
  withAndWithoutScripts(useSite(database), (meet, hasScripts) => {
    const proof = hasScripts ? '' : 'V3.7.5 '

    it(`${proof}a visitor registers after a wrong try, reaches the account they asked for, logs out and logs in again`, async () => {
      const page = await meet()
      const ada = newPerson()
      await isLedToLogIn(page)
      await registersWronglyFirst(page, ada)
      await registers(page, ada)
      await logsOut(page)
      await isKeptOutWithAWrongPassword(page, ada)
      await logsInAgain(page, ada)
    })
  })
})

async function isLedToLogIn(page: Page) {
  await page.goto('/account')
  expect(await view(page)).toMatchObject({
    path: '/login',
    heading: 'Log in',
    notice: 'Log in to see that page.',
  })
}

async function registersWronglyFirst(page: Page, { name }: Person) {
  await follow(page, 'Register')
  await type(page, { 'Your name': name, 'Email address': 'ada@example', Password: 'short' })
  await press(page, 'Create account')
  const [email, password] = ['Enter an email address like name@example.org', 'Password must be at least 8 characters']
  const shown = await view(page)
  expect(shown).toMatchObject({ path: '/register', notice: undefined, atFields: { email, password } })
  expect(shown.title).toMatch(/^Error: Create an account/)
  expect(shown.summary).toEqual([email, password])
  expect(await typed(page)).toEqual([name, 'ada@example', ''])
}

const typed = (page: Page) =>
  Promise.all(
    ['Your name', 'Email address', 'Password'].map((label) => page.getByLabel(label, { exact: true }).inputValue()),
  )

async function registers(page: Page, { name, email, password }: Person) {
  await type(page, { 'Email address': email, Password: password })
  await press(page, 'Create account')
  expect(await view(page)).toMatchObject({
    path: '/account',
    heading: `Hello, ${name}`,
    notice: 'Your account is ready.',
  })
  expect(await page.locator('.facts').first().innerText()).toContain(email)
  await page.reload()
  expect(await view(page)).toMatchObject({ path: '/account', notice: undefined })
}

async function logsOut(page: Page) {
  await press(page, 'Log out')
  expect(await view(page)).toMatchObject({ path: '/login', notice: 'You are logged out.' })
}

async function isKeptOutWithAWrongPassword(page: Page, { email }: Person) {
  await type(page, { 'Email address': email, Password: 'not my password' })
  await press(page, 'Log in')
  const message = 'Email or password is not right. Check them and try again.'
  expect(await view(page)).toMatchObject({ path: '/login', summary: [message], atFields: { email: message } })
  expect(await page.getByLabel('Email address').inputValue()).toBe(email)
  expect(await page.getByLabel('Password', { exact: true }).inputValue()).toBe('')
}

async function logsInAgain(page: Page, { name, password }: Person) {
  await type(page, { Password: password })
  await press(page, 'Log in')
  expect(await view(page)).toMatchObject({ path: '/account', heading: `Hello, ${name}`, notice: undefined })
}
