// "Check your email": how long until it can be sent again is counted down where scripts run, and right without them.
import { expect, it } from 'vitest'
import { useBrowser, withAndWithoutScripts } from '../support/journey.ts'
import { useSite } from '../support/site.ts'
import { newPerson, press, type, view } from '../support/steps.ts'

const site = useSite()
const meet = useBrowser(site)

withAndWithoutScripts(site, (meet) => {
  it('the page after "Send reset link" can be reloaded, sends again, and leads back to another address', async () => {
    const page = await meet()
    const { email } = newPerson()
    await page.goto('/forgot-password')
    await type(page, { 'Email address': email })
    await press(page, 'Send reset link')
    await page.reload()
    expect(await view(page)).toMatchObject({ path: '/forgot-password/sent', heading: 'Check your email' })
    expect(await page.locator('main').innerText()).toMatch(/You can send it again in (?:1 minute|\d\d seconds)\./)
    await press(page, 'Send again')
    expect((await view(page)).path).toBe('/forgot-password/sent')
    await page.getByRole('link', { name: 'Use another address' }).click()
    expect((await view(page)).path).toBe('/forgot-password')
    expect(await page.getByLabel('Email address').inputValue()).toBe(email)
  })
})

it('the seconds are counted down, and at their end the page says that it can be sent again', async () => {
  const page = await meet()
  await page.clock.install()
  await page.goto('/forgot-password')
  await type(page, { 'Email address': newPerson().email })
  await press(page, 'Send reset link')
  await page.clock.runFor(15_000)
  expect(await page.locator('[data-seconds]').innerText()).toMatch(/^You can send it again in 4\d seconds\.$/)
  await page.clock.runFor(50_000)
  expect(await page.locator('[data-seconds]').innerText()).toBe('You can send it again now.')
})
