// What people do to pages: leave them open for a week, go back after a mistake, open two emails at once.
import type { Page } from 'playwright-core'
import { expect, it } from 'vitest'
import { days, hours } from '../../../../src/time.ts'
import { inBothWays } from '../../../support/journey.ts'
import { linkInEmail, subjects } from '../../../support/mailbox.ts'
import { movedClock } from '../../../support/make-app.ts'
import { useSite } from '../../../support/site.ts'
import { arrive, logIn, newPerson, press, registered, type, view } from '../../../support/steps.ts'

const clock = movedClock(Date.now())
const patient = { emailsPerClient: 10_000, registrationsPerAddress: 10_000 }
const site = useSite(undefined, patient, { clock })
const newPassword = 'amber ferry clock'

/** How many forms the browser sends from now on. */
function countPosts(page: Page): () => number {
  let posts = 0
  page.on('request', (request) => {
    // The offer of a passkey is asked for by the script of the page.
    if (request.method() === 'POST' && request.resourceType() === 'document') posts += 1
  })
  return () => posts
}

async function askForReset(page: Page, email: string): Promise<string> {
  await page.goto('/forgot-password')
  await type(page, { 'Email address': email })
  await press(page, 'Send reset link')
  return linkInEmail(page, email, subjects.reset)
}

inBothWays(site, (meet) => {
  it('the pages of visitors that were left open for a week are sent as on the first day', async () => {
    const [login, register, forgot] = [await meet(), await meet(), await meet()]
    const ada = await registered(await meet())
    const grace = newPerson()
    await login.goto('/login?return_to=/account/password')
    await register.goto('/register')
    await forgot.goto('/forgot-password')
    await type(login, { 'Email address': ada.email, Password: ada.password })
    await type(register, { 'Your name': grace.name, 'Email address': grace.email, Password: grace.password })
    await type(forgot, { 'Email address': ada.email })
    clock.pass(days(7))
    await press(login, 'Log in')
    expect(await view(login)).toMatchObject({ path: '/account/password', summary: [] })
    await press(register, 'Create account')
    expect(await view(register)).toMatchObject({ path: '/account', notice: 'Your account is ready.' })
    await press(forgot, 'Send reset link')
    expect(await view(forgot)).toMatchObject({ path: '/forgot-password/sent', heading: 'Check your email' })
  })

  it('a form of the account that was left open for a week is filled in again after the log-in', async () => {
    const page = await meet()
    const ada = await registered(page)
    await page.goto('/account/profile')
    await type(page, { 'Your name': 'Countess Lovelace' })
    clock.pass(days(7))
    await press(page, 'Save name')
    const { path, notice } = await view(page)
    expect(path).toBe('/login')
    expect(notice).toContain('Nothing was saved. Log in, and what you typed will be there.')
    await type(page, { 'Email address': ada.email, Password: ada.password })
    await press(page, 'Log in')
    expect((await view(page)).path).toBe('/account/profile')
    expect(await page.getByLabel('Your name').inputValue()).toBe('Countess Lovelace')
    await press(page, 'Save name')
    expect((await view(page)).heading).toBe('Hello, Countess Lovelace')
  })

  it('the page behind an emailed link that was left open for a week changes nothing, and says how to get another', async () => {
    const page = await meet()
    const ada = await registered(await meet())
    await page.goto(await askForReset(page, ada.email))
    await type(page, { 'New password': newPassword })
    clock.pass(days(7))
    await press(page, 'Save new password')
    expect(await view(page)).toMatchObject({ path: '/reset-password' })
    expect(await page.getByRole('button', { name: 'Send reset link' }).isVisible()).toBe(true)
    await logIn(page, ada)
    expect((await view(page)).path).toBe('/account')
  })

  it('each of two tabs with a link sends the form of its own link, or says that another was opened last', async () => {
    const page = await meet()
    const [ada, grace] = [await registered(await meet()), await registered(await meet())]
    const other = await page.context().newPage()
    await page.goto(await askForReset(page, ada.email))
    await other.goto(await askForReset(other, grace.email))
    await type(page, { 'New password': newPassword })
    await press(page, 'Save new password')
    // The first tab now shows the page of the link that was opened last, and says so: nothing was changed for anyone.
    const shown = await view(page)
    expect(shown.path).toBe('/reset-password')
    expect(shown.notice).toContain('This page is for the link that you opened last.')
    expect(await page.locator('main').innerText()).toContain(grace.email)
    for (const person of [ada, grace]) {
      const browser = await meet()
      await logIn(browser, person)
      expect((await view(browser)).path).toBe('/account')
    }
    await type(other, { 'New password': newPassword })
    await press(other, 'Save new password')
    expect((await view(other)).path).toBe('/login')
    const [hers, herOwn] = [await meet(), await meet()]
    await logIn(hers, { ...grace, password: newPassword })
    expect((await view(hers)).path).toBe('/account')
    await logIn(herOwn, ada)
    expect((await view(herOwn)).path).toBe('/account')
  })

  it('going back after a mistake sends nothing again and loses nothing, and forward leads on', async () => {
    const page = await meet()
    const ada = await registered(await meet())
    await page.goto('/')
    await page.goto('/login?return_to=/account/password')
    await type(page, { 'Email address': ada.email, Password: 'not my password' })
    const posts = countPosts(page)
    await press(page, 'Log in')
    expect((await view(page)).summary).toEqual(['Email or password is not right. Check them and try again.'])
    await arrive(page, () => page.goBack())
    expect(await view(page)).toMatchObject({ path: '/login', heading: 'Log in' })
    expect(await page.getByLabel('Email address').inputValue()).toBe(ada.email)
    if (page.url().includes('return_to')) await arrive(page, () => page.goForward())
    expect((await view(page)).path).toBe('/login')
    expect(posts()).toBe(1)
    await type(page, { 'Email address': ada.email, Password: ada.password })
    await press(page, 'Log in')
    expect(await view(page)).toMatchObject({ path: '/account/password' })
    expect(posts()).toBe(2)
  })

  it('going back after mistakes at registration keeps the name and the address', async () => {
    const page = await meet()
    const ada = newPerson()
    await page.goto('/login')
    await page.goto('/register')
    await type(page, { 'Your name': ada.name, 'Email address': ada.email, Password: 'short' })
    const posts = countPosts(page)
    await press(page, 'Create account')
    expect((await view(page)).atFields).toEqual({ password: 'Password must be at least 8 characters' })
    await arrive(page, () => page.goBack())
    await arrive(page, () => page.goForward())
    expect(posts()).toBe(1)
    expect(await view(page)).toMatchObject({ path: '/register' })
    expect(await page.getByLabel('Your name').inputValue()).toBe(ada.name)
    expect(await page.getByLabel('Email address').inputValue()).toBe(ada.email)
    await type(page, { Password: ada.password })
    await press(page, 'Create account')
    expect(await view(page)).toMatchObject({ path: '/account', notice: 'Your account is ready.' })
  })

  it('going back to a form of the account after a mistake sends nothing again', async () => {
    const page = await meet()
    await registered(page)
    await page.goto('/account/profile')
    await type(page, { 'Your name': '' })
    const posts = countPosts(page)
    await press(page, 'Save name')
    expect((await view(page)).atFields).toEqual({ name: 'Enter your name' })
    await arrive(page, () => page.goBack())
    await type(page, { 'Your name': 'Countess Lovelace' })
    clock.pass(hours(1))
    await press(page, 'Save name')
    expect((await view(page)).heading).toBe('Hello, Countess Lovelace')
    expect(posts()).toBe(2)
  })
})
