// A second factor: trusted devices, its end, and a phone (more in tests/journeys/two-factor.test.ts).
import { expect, it } from 'vitest'
import { seconds } from '../../../../src/time.ts'
import { inBothWays } from '../../../support/journey.ts'
import { movedClock } from '../../../support/make-app.ts'
import { verified } from '../../../support/passkey-steps.ts'
import { shown } from '../../../support/second-factor.ts'
import { useSite } from '../../../support/site.ts'
import { logIn, press, type, view } from '../../../support/steps.ts'
import { enrolled, protectedPerson } from '../../../support/two-factor-steps.ts'

const clock = movedClock(Date.now())
const site = useSite(undefined, { emailsPerClient: 10_000, registrationsPerAddress: 10_000 }, { clock })
const phone = { viewport: { width: 360, height: 640 }, isMobile: true, hasTouch: true }

inBothWays(site, (meet) => {
  it('a trusted device is not asked, stands among the devices, and is asked again once it is removed', async () => {
    const page = await meet()
    const { person, key } = await protectedPerson(page, clock)
    await press(page, 'Log out')
    await logIn(page, person)
    await page.getByLabel('Trust this device').check()
    await type(page, { Code: shown({ clock }, key) })
    await press(page, 'Log in')
    await press(page, 'Log out')
    await logIn(page, person)
    expect((await view(page)).path).toBe('/account')
    await page.goto('/account/devices')
    const trusted = page.getByRole('button', { name: /from the trusted devices$/ })
    expect(await trusted.count()).toBe(1)
    await trusted.click()
    // The trusted device has proved the password only.
    await page.waitForURL('**/reauthenticate**')
    clock.pass(seconds(30))
    await type(page, { Code: shown({ clock }, key) })
    await press(page, 'Continue')
    await page.getByRole('button', { name: /from the trusted devices$/ }).click()
    await page.waitForLoadState()
    expect((await view(page)).notice).toBe('The device is no longer trusted.')
    await press(page, 'Log out')
    await logIn(page, person)
    expect((await view(page)).path).toBe('/two-factor')
  })

  it('V6.5.6 is turned off, and the next log-in asks for nothing', async () => {
    const page = await meet()
    const { person } = await protectedPerson(page, clock)
    await page.goto('/account/two-factor')
    await press(page, 'Turn off two-factor authentication')
    expect(await view(page)).toMatchObject({ path: '/account', notice: 'Two-factor authentication was turned off.' })
    await press(page, 'Log out')
    await logIn(page, person)
    expect((await view(page)).path).toBe('/account')
  })

  it('on a phone the app is opened by a link, and nothing is wider than the screen', async () => {
    const page = await meet(phone)
    await verified(page)
    await page.goto('/account/two-factor')
    const link = page.getByRole('link', { name: 'Or open the app on this device' })
    expect(await link.getAttribute('href')).toMatch(/^otpauth:\/\/totp\//)
    const isWide = () => page.evaluate('document.documentElement.scrollWidth > innerWidth')
    expect(await isWide()).toBe(false)
    await enrolled(page, clock)
    expect(await isWide()).toBe(false)
  })
})
