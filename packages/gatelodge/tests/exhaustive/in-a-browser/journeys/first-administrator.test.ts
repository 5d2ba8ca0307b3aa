// The first day of a site: its operator becomes an administrator by the link of the command, and invites the first user.
import { expect, it } from 'vitest'
import { makeAdministratorLink } from '../../../../src/capabilities/admin/link.rules.ts'
import { systemClock } from '../../../../src/time.ts'
import { inBothWays } from '../../../support/journey.ts'
import { linkInEmail } from '../../../support/mailbox.ts'
import { makeApp, throwawayDatabase } from '../../../support/make-app.ts'
import { useSite } from '../../../support/site.ts'
import { codeNow } from '../../../support/states/two-factor.ts'
import { arrive, follow, logIn, newPerson, press, registered, type, view } from '../../../support/steps.ts'

const database = throwawayDatabase()
const site = useSite(database, { emailsPerClient: 10_000 })

/** As `gatelodge admin link` does it, beside the running site. @returns the path of the link. */
async function adminLink(): Promise<string> {
  const app = await makeApp(database, {}, { clock: systemClock })
  const source = { clientAddress: '', device: { isCommandLine: true as const }, requestId: '' }
  const { address } = await makeAdministratorLink(app.services, source)
  await app.close()
  return new URL(address).pathname
}

inBothWays(site, (meet) => {
  it('from the link of the command to the first invited user', async () => {
    const page = await meet()
    const operator = await registered(page)
    await page.goto(await adminLink())
    expect((await view(page)).heading).toBe('Become an administrator')
    await press(page, 'Make me an administrator')
    expect((await view(page)).path).toBe('/login')

    // The login ends only when an app is set up.
    await logIn(page, operator)
    expect((await view(page)).path).toBe('/two-factor/set-up')
    const key = (await page.locator('p.code').innerText()).replaceAll(' ', '')
    await type(page, { Code: codeNow(key) })
    await arrive(page, () => page.locator('main form button').first().click())
    await press(page, 'I have saved my codes')
    await page.goto('/admin')
    expect((await view(page)).heading).toBe('Overview')

    await follow(page, 'Invitations')
    await follow(page, 'Invite someone')
    const guest = newPerson()
    await type(page, { 'Email address': guest.email })
    await press(page, 'Invite')
    const there = await meet({ viewport: { width: 390, height: 844 } })
    await there.goto(await linkInEmail(page, guest.email, /^You are invited to/))
    await type(there, { 'Your name': guest.name, Password: guest.password })
    await press(there, 'Create account')
    expect(await view(there)).toMatchObject({ path: '/account', notice: 'Your account is ready.' })
    await page.goto(`/admin/accounts?query=${encodeURIComponent(guest.email)}`)
    expect(await page.locator('.people').innerText()).toContain(guest.name)
  })
})
