// What is left in a browser after logging out: nothing private, and no dead ends.
import { expect, it } from 'vitest'
import { inBothWays } from '../../../support/journey.ts'
import { useSite } from '../../../support/site.ts'
import { arrive, press, registered, type, view } from '../../../support/steps.ts'

const site = useSite()
const ledToLogIn = { path: '/login', notice: 'Log in to see that page.' }

inBothWays(site, (meet) => {
  // The pages come from the browser's own cache where it kept them. (The packed Chromium has no back/forward cache; Chrome
  // empties its own when a cookie of a no-store page changes, and at Clear-Site-Data.)
  it('V14.3.1 going back after logout shows no private page', async () => {
    const page = await meet()
    const ada = await registered(page)
    await page.goto('/account/password')
    await page.goBack()
    expect((await view(page)).heading).toBe(`Hello, ${ada.name}`)
    await press(page, 'Log out')
    await page.goBack()
    expect(await view(page)).toMatchObject(ledToLogIn)
    expect(await page.content()).not.toContain(ada.email)
  })

  it('V14.3.1 going back to a form of the account, and forward again, shows no private page', async () => {
    const page = await meet()
    const ada = await registered(page)
    await page.goto('/account/password')
    await press(page, 'Log out')
    await page.goBack()
    expect(await view(page)).toMatchObject(ledToLogIn)
    await page.goForward()
    expect((await view(page)).path).toBe('/login')
    expect(await page.content()).not.toContain(ada.email)
  })

  it('a form of the account in a tab that was left open leads to the login page', async () => {
    const page = await meet()
    const ada = await registered(page)
    const left = await page.context().newPage()
    await left.goto('/account/password')
    await press(page, 'Log out')
    await type(left, { 'Current password': ada.password, 'New password': 'amber ferry clock' })
    await press(left, 'Save new password')
    const notSaved = 'What you just sent was not saved. Send it again after this.'
    expect(await view(left)).toMatchObject({ ...ledToLogIn, notice: `${ledToLogIn.notice}\n\n${notSaved}` })
  })

  it('logging out again in a tab that was left open says the same as the first time', async () => {
    const page = await meet()
    await registered(page)
    const left = await page.context().newPage()
    await left.goto('/account')
    await press(page, 'Log out')
    await press(left, 'Log out')
    expect(await view(left)).toMatchObject({ path: '/login', notice: 'You are logged out.' })
  })

  it('a login form in a tab that was left open leads to the account of who has logged in meanwhile', async () => {
    const left = await meet()
    await left.goto('/login')
    const page = await left.context().newPage()
    const ada = await registered(page)
    await type(left, { 'Email address': ada.email, Password: ada.password })
    await press(left, 'Log in')
    expect(await view(left)).toMatchObject({ path: '/account', heading: `Hello, ${ada.name}` })
  })

  it('V7.4.4 each page of the account has a logout button, and a followed link logs nobody out', async () => {
    const page = await meet()
    await registered(page)
    for (const path of ['/account', '/account/password']) {
      await page.goto(path)
      const form = page.locator('form', { has: page.getByRole('button', { name: 'Log out', exact: true }) })
      expect(await form.isVisible()).toBe(true)
      expect(await form.getAttribute('method')).toBe('post')
    }
    await page.goto('/logout')
    expect((await view(page)).heading).toBe('Log out?')
    await arrive(page, () => page.getByRole('link', { name: 'Go back' }).click())
    expect((await view(page)).path).toBe('/account')
  })
})
