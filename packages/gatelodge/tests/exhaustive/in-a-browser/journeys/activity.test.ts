// What happened to an account: six rows on its page, all of it on a page of its own, a page at a time.
import type { Page } from 'playwright-core'
import { expect, it } from 'vitest'
import { inBothWays } from '../../../support/journey.ts'
import { useSite } from '../../../support/site.ts'
import { arrive, follow, type Person, registered, view } from '../../../support/steps.ts'

const site = useSite()

/** Says the password again so many times: each is an event. */
async function busy(page: Page, { password }: Person, times: number): Promise<void> {
  for (let time = 0; time < times; time += 1)
    await page.request.post('/api/v1/password/confirm', { data: { current_password: password } })
}

inBothWays(site, (meet) => {
  it('the account page shows six events and leads to all of them, which have pages with a way back', async () => {
    const page = await meet()
    await busy(page, await registered(page), 44)
    await page.goto('/account')
    expect(await page.locator('.events li').count()).toBe(6)
    await follow(page, 'See all activity')
    expect(await view(page)).toMatchObject({ path: '/account/activity', heading: 'Account activity' })
    expect(await page.locator('.events li').count()).toBe(20)
    expect(await page.locator('.events li').first().innerText()).toMatch(
      /^Password confirmed\s+(just now|.* ago)\s+Chrome on Linux\s· 127\.0\.0\.1\s· .+ UTC$/,
    )
    await follow(page, 'Next')
    await follow(page, 'Next')
    expect(await page.locator('.events li').count()).toBe(5)
    expect(await page.locator('.events li').last().innerText()).toContain('Registered')
    await follow(page, 'Previous')
    await follow(page, 'Previous')
    expect(await page.getByRole('link', { name: 'Previous' }).count()).toBe(0)
    await follow(page, 'Back to your account')
    expect((await view(page)).path).toBe('/account')
  })

  it('its pages are turned without a mouse', async () => {
    const page = await meet()
    await busy(page, await registered(page), 20)
    await page.goto('/account/activity')
    // The skip link, the site, the way out; then the list is left.
    for (let step = 0; step < 4; step += 1) await page.keyboard.press('Tab')
    expect(await page.evaluate('document.activeElement.textContent')).toBe('Next')
    await arrive(page, () => page.keyboard.press('Enter'))
    expect(await page.locator('.events li').count()).toBe(1)
  })
})
