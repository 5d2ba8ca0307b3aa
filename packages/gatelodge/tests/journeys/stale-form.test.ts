// A form whose cookie the browser did not keep: what was typed is still there.
import type { Page } from 'playwright-core'
import { expect, it } from 'vitest'
import { withAndWithoutScripts } from '../support/journey.ts'
import { useSite } from '../support/site.ts'
import { newPerson, press, registered, type, view } from '../support/steps.ts'

const site = useSite()
const sendAgain =
  'Nothing has been done yet: your browser did not send this site’s cookie. Allow cookies for this site, then check what you typed, and send it again.'

/** Presses the button and tells the status of the page that comes. */
async function statusOf(page: Page, button: string): Promise<number> {
  const answer = page.waitForResponse((one) => one.request().method() === 'POST')
  await press(page, button)
  return (await answer).status()
}

withAndWithoutScripts(site, (meet) => {
  it('registration keeps what was typed and goes through when it is sent again', async () => {
    const ada = newPerson()
    const page = await meet()
    await page.goto('/register?return_to=/account/password')
    await type(page, { 'Your name': ada.name, 'Email address': ada.email, Password: ada.password })
    await page.context().clearCookies()
    expect(await statusOf(page, 'Create account')).toBe(403)
    expect(await view(page)).toMatchObject({ path: '/register', notice: sendAgain, summary: [] })
    expect(await page.getByLabel('Your name').inputValue()).toBe(ada.name)
    expect(await page.getByLabel('Email address').inputValue()).toBe(ada.email)
    expect(await page.getByLabel('Password', { exact: true }).inputValue()).toBe('')
    await type(page, { Password: ada.password })
    await press(page, 'Create account')
    expect((await view(page)).path).toBe('/account/password')
  })

  it('login does the same', async () => {
    const ada = await registered(await meet())
    const page = await meet()
    await page.goto('/login')
    await type(page, { 'Email address': ada.email, Password: ada.password })
    await page.context().clearCookies()
    expect(await statusOf(page, 'Log in')).toBe(403)
    expect(await view(page)).toMatchObject({ path: '/login', notice: sendAgain })
    await type(page, { Password: ada.password })
    await press(page, 'Log in')
    expect((await view(page)).path).toBe('/account')
  })
})
