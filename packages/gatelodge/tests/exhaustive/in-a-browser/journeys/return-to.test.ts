// A person arrives at the page that they asked for, whatever happens during the log-in.
import { expect, it } from 'vitest'
import { inBothWays } from '../../../support/journey.ts'
import { useSite } from '../../../support/site.ts'
import { follow, newPerson, press, registered, type, view } from '../../../support/steps.ts'

const site = useSite()
const wanted = '/account/password?from=email'

inBothWays(site, (meet, hasScripts) => {
  it('leads to the page that was asked for, through a wrong password and then the right one', async () => {
    const ada = await registered(await meet())
    const page = await meet()
    await page.goto(wanted)
    await type(page, { 'Email address': ada.email, Password: 'not my password' })
    await press(page, 'Log in')
    expect(await view(page)).toMatchObject({ path: '/login', heading: 'Log in' })
    await type(page, { Password: ada.password })
    await press(page, 'Log in')
    expect(page.url()).toBe(site().baseUrl + wanted)
  })

  it('leads to the page that was asked for, by way of log-in and registration, after a wrong try and a right one', async () => {
    const ada = newPerson()
    const page = await meet()
    await page.goto(wanted)
    await follow(page, 'Register')
    await follow(page, 'Log in')
    await follow(page, 'Register')
    await press(page, 'Create account')
    expect((await view(page)).summary).toEqual(['Enter your name', 'Enter your email address', 'Enter your password'])
    await type(page, { 'Your name': ada.name, 'Email address': ada.email, Password: ada.password })
    await press(page, 'Create account')
    expect(page.url()).toBe(site().baseUrl + wanted)
    expect((await view(page)).notice).toBe('Your account is ready.')
  })

  it('keeps the wish on the way from a taken address to the login page', async () => {
    const ada = await registered(await meet())
    const page = await meet()
    await page.goto(`/register?return_to=${encodeURIComponent(wanted)}`)
    await type(page, { 'Your name': ada.name, 'Email address': ada.email, Password: 'amber ferry clock' })
    await press(page, 'Create account')
    await follow(page, 'Log in with this address instead')
    await type(page, { 'Email address': ada.email, Password: ada.password })
    await press(page, 'Log in')
    expect(page.url()).toBe(site().baseUrl + wanted)
  })

  it('V3.7.2 never leads away from the site', async () => {
    const ada = await registered(await meet())
    const page = await meet()
    await page.goto('/login?return_to=//evil.example/')
    await type(page, { 'Email address': ada.email, Password: ada.password })
    await press(page, 'Log in')
    // The first cookie of this browser was set a moment ago, and without scripts the question whether it was kept stays.
    expect(page.url().replace('?cookies=1', '')).toBe(`${site().baseUrl}/account`)
  })

  it('keeps the fragment of the page that was asked for over every detour, where scripts run', async () => {
    const ada = await registered(await meet())
    const page = await meet()
    await page.goto(`${wanted}#part`)
    await type(page, { 'Email address': ada.email, Password: 'not my password' })
    await page.getByLabel('Keep me logged in').check()
    await press(page, 'Log in')
    await follow(page, 'Forgot your password?')
    expect(await page.getByLabel('Email address').inputValue()).toBe(ada.email)
    await follow(page, 'Back to login')
    await follow(page, 'Register')
    await follow(page, 'Log in')
    expect(await page.getByLabel('Email address').inputValue()).toBe(ada.email)
    expect(await page.getByLabel('Keep me logged in').isChecked()).toBe(true)
    await type(page, { Password: ada.password })
    await press(page, 'Log in')
    expect(page.url()).toBe(`${site().baseUrl}${wanted}${hasScripts ? '#part' : ''}`)
  })

  it('keeps the fragment from the login page to registration, where scripts run', async () => {
    const ada = newPerson()
    const page = await meet()
    await page.goto(`${wanted}#part`)
    await follow(page, 'Register')
    await type(page, { 'Your name': ada.name, 'Email address': ada.email, Password: ada.password })
    await press(page, 'Create account')
    // Where it was the first cookie, the page looks whether it was kept.
    const arrived = page.url().replace('&cookies=1', '')
    expect(arrived).toBe(`${site().baseUrl}${wanted}${hasScripts ? '#part' : ''}`)
  })
})
