// A page that was left open, and a browser that keeps no cookies.
import { expect, it } from 'vitest'
import { inBothWays } from '../../../support/journey.ts'
import { useSite } from '../../../support/site.ts'
import { newPerson, press, registered, type, view } from '../../../support/steps.ts'

const site = useSite()

inBothWays(site, (meet) => {
  it('registration and login go through from a page whose cookies are all gone', async () => {
    const ada = newPerson()
    const page = await meet()
    await page.goto('/register?return_to=/account/password')
    await type(page, { 'Your name': ada.name, 'Email address': ada.email, Password: ada.password })
    await page.context().clearCookies()
    await press(page, 'Create account')
    expect((await view(page)).path).toBe('/account/password')
    await page.context().clearCookies()
    await page.goto('/login')
    await page.context().clearCookies()
    await type(page, { 'Email address': ada.email, Password: ada.password })
    await press(page, 'Log in')
    expect((await view(page)).path).toBe('/account')
  })

  it('a browser without cookies learns what to do from the page after the form', async () => {
    const ada = await registered(await meet())
    const page = await meet()
    await page.goto('/login')
    await type(page, { 'Email address': ada.email, Password: ada.password })
    // A script may have asked for a challenge meanwhile, which sets a cookie.
    await page.context().clearCookies()
    const asked = page.waitForRequest(/cookies=1/)
    await press(page, 'Log in')
    const { pathname, search } = new URL((await asked).url())
    // As a browser does that did not keep them.
    await page.context().clearCookies()
    await page.goto(pathname + search)
    expect(await view(page)).toMatchObject({ path: '/account', heading: 'Cookies are off' })
  })
})
