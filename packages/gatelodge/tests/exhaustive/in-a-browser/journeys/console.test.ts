// An administrator helps a user who has lost the phone and the password.
import type { Page } from 'playwright-core'
import { expect, it } from 'vitest'
import { inBothWays } from '../../../support/journey.ts'
import { linkInEmail, subjects } from '../../../support/mailbox.ts'
import { throwawayDatabase } from '../../../support/make-app.ts'
import { useSite } from '../../../support/site.ts'
import { promote } from '../../../support/states/rows.ts'
import { protectedPerson } from '../../../support/states/two-factor.ts'
import { databaseFiles } from '../../../support/states.ts'
import { arrive, follow, logIn, press, type, view } from '../../../support/steps.ts'

const database = throwawayDatabase()
databaseFiles.set('open', database.url.replace('sqlite:', ''))
const site = useSite(database)

async function act(page: Page, link: string, button: string): Promise<string | undefined> {
  await follow(page, link)
  await type(page, { Reason: 'Called, and named the last invoice' })
  await press(page, button)
  return (await view(page)).notice
}

inBothWays(site, (meet) => {
  it('An administrator finds the account, resets its second factor and sends a link; its owner logs in again', async () => {
    const [owner, page] = [await meet(), await meet({ viewport: { width: 390, height: 844 } })]
    const { email } = await protectedPerson(owner)
    promote((await protectedPerson(page)).email)

    await page.goto('/account')
    await follow(page, 'Open the console')
    await follow(page, 'Accounts')
    await type(page, { Search: email })
    await press(page, 'Search')
    await arrive(page, () => page.locator('.people a').click())
    expect(await act(page, 'Reset two-factor authentication', 'Reset two-factor')).toBe(
      'Two-factor authentication was reset.',
    )
    expect(await act(page, 'Send a password reset link', 'Send reset link')).toBe('The reset link was sent.')

    await owner.goto(await linkInEmail(owner, email, subjects.reset))
    await type(owner, { 'New password': 'amber ferry clock' })
    await press(owner, 'Save new password')
    await logIn(owner, { email, password: 'amber ferry clock' })
    expect((await view(owner)).path).toBe('/account')
  })
})
