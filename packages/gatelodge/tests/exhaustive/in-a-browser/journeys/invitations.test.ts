// Invited: the only way to an account where registration needs an invitation.
import { expect, it } from 'vitest'
import { createInvitation } from '../../../../src/capabilities/invitations/make.rules.ts'
import { systemClock } from '../../../../src/time.ts'
import { inBothWays } from '../../../support/journey.ts'
import { linkInEmail } from '../../../support/mailbox.ts'
import { makeApp, throwawayDatabase } from '../../../support/make-app.ts'
import { useSite } from '../../../support/site.ts'
import { follow, newPerson, press, type, view } from '../../../support/steps.ts'

const database = throwawayDatabase()
const site = useSite(database, { registration: 'invitation', emailsPerClient: 10_000 })
const subject = /^You are invited to/

/** As the command does it, beside the running site. @returns the path of the link where it is shown. */
async function invite(wanted: { email?: string; uses?: number }): Promise<string> {
  const app = await makeApp(database, {}, { clock: systemClock })
  const source = { clientAddress: '', device: { isCommandLine: true as const }, requestId: '' }
  const input = { groups: [], uses: 1, ...wanted }
  const outcome = await createInvitation(app.services, { actor: 'command', source }, input)
  await app.close()
  if (outcome.kind !== 'done') throw new Error(outcome.kind)
  return new URL(outcome.address ?? 'http://localhost/').pathname
}

inBothWays(site, (meet) => {
  it('a person who was invited by email has an account with that address, verified, after one form', async () => {
    const page = await meet()
    const { email, name, password } = newPerson()
    await page.goto('/register')
    expect((await view(page)).heading).toBe('You need an invitation')
    await invite({ email })
    const link = await linkInEmail(page, email, subject)
    await page.goto(link)
    expect(await view(page)).toMatchObject({ path: '/invitation', heading: 'You are invited' })
    expect(await page.locator('main').innerText()).toContain(email)
    await type(page, { 'Your name': name, Password: 'short' })
    await press(page, 'Create account')
    expect((await view(page)).summary).toEqual(['Password must be at least 8 characters'])
    await type(page, { Password: password })
    await press(page, 'Create account')
    expect(await view(page)).toMatchObject({ path: '/account', notice: 'Your account is ready.' })
    expect(await page.locator('.facts').first().innerText()).toMatch(/Verified/)
    const other = await meet()
    await other.goto(link)
    expect((await view(other)).heading).toBe('This link no longer works')
    expect(await other.locator('main').innerText()).toContain('This invitation was already used.')
  })

  it('a link for two people takes one with a new account; the other logs in to accept it', async () => {
    const link = await invite({ uses: 2 })
    const [first, second] = [await meet(), await meet()]
    const { email, name, password } = newPerson()
    await first.goto(link)
    await type(first, { 'Your name': name, 'Email address': email, Password: password })
    await press(first, 'Create account')
    expect((await view(first)).path).toBe('/account')
    await second.goto(link)
    await follow(second, 'I already have an account')
    await type(second, { 'Email address': email, Password: password })
    await press(second, 'Log in')
    expect(await view(second)).toMatchObject({ path: '/invitation', heading: 'Accept the invitation?' })
    await press(second, 'Accept invitation')
    expect(await view(second)).toMatchObject({ path: '/account', notice: 'You have accepted the invitation.' })
  })
})
