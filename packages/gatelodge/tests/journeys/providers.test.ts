// Logging in with a real provider of OpenID Connect, in a real browser: there, back, a second time, and as one more way into an
// account with a password.
import type { Page } from 'playwright-core'
import { afterAll, expect, it } from 'vitest'
import { createInvitation } from '../../src/capabilities/invitations/make.rules.ts'
import { type ConnectionInput, type ConnectionSetting, connectionList } from '../../src/config/connections.ts'
import { systemClock } from '../../src/time.ts'
import { useBrowser } from '../support/journey.ts'
import { makeApp, throwawayDatabase } from '../support/make-app.ts'
import { startOpenidProvider } from '../support/openid-provider.ts'
import { useSite } from '../support/site.ts'
import { follow, press, registered, type, view } from '../support/steps.ts'
import { isWhole } from '../support/walk.ts'

const provider = await startOpenidProvider()
afterAll(() => provider.close())

const work: ConnectionInput = {
  ...{ name: 'work', label: 'Acme', issuer: provider.issuer, trusted: true },
  ...{ clientId: 'gatelodge', clientSecret: 'the-secret-of-the-client' },
}
const database = throwawayDatabase()
const site = useSite(database, { connections: connectionList.parse([work]) as ConnectionSetting[] })

const meet = useBrowser(site, { javaScriptEnabled: !isWhole }, () => [provider.issuer])

/** At the provider: anyone is who they say. */
async function proveThere(page: Page, name: string): Promise<void> {
  await type(page, { 'Who are you?': name })
  await press(page, 'Continue')
}

it('a newcomer gets an account and is known the next time', async () => {
  const page = await meet()
  await page.goto('/login?return_to=%2Faccount%2Fdevices')
  await follow(page, 'Continue with Acme')
  await proveThere(page, 'grace')
  expect(await view(page)).toMatchObject({ path: '/login/with/work/register', heading: 'Create an account' })
  await type(page, { 'Your name': 'Amazing Grace' })
  await press(page, 'Create account')
  expect(await view(page)).toMatchObject({ path: '/account/devices' })

  const elsewhere = await meet()
  await elsewhere.goto('/login')
  await follow(elsewhere, 'Continue with Acme')
  await proveThere(elsewhere, 'grace')
  expect(await view(elsewhere)).toMatchObject({ path: '/account' })
  expect(await elsewhere.locator('main').innerText()).toContain('Amazing Grace')
})

it('a person with a password connects it, and disconnects it again', async () => {
  const page = await meet()
  await registered(page)
  await page.goto('/account/connections')
  await follow(page, 'Connect Acme')
  await proveThere(page, 'ada')
  expect(await view(page)).toMatchObject({
    path: '/account/connections',
    notice: 'Acme is connected. You can log in with it.',
  })
  await press(page, 'Disconnect Acme ada@example.org')
  expect(await view(page)).toMatchObject({ notice: 'It is disconnected. You can no longer log in with it.' })
})

it('someone who says no there reads how else to log in', async () => {
  const page = await meet()
  await page.goto('/login')
  await follow(page, 'Continue with Acme')
  await press(page, 'Cancel')
  expect(await view(page)).toMatchObject({
    path: '/login',
    notice: 'You cancelled at Acme. You can try again or log in another way.',
  })
})

it('a person who was invited joins by the button on the page of the invitation', async () => {
  const app = await makeApp(database, {}, { clock: systemClock })
  const source = { clientAddress: '', device: { isCommandLine: true as const }, requestId: '' }
  const outcome = await createInvitation(app.services, { actor: 'command', source }, { groups: [], uses: 1 })
  await app.close()
  if (outcome.kind !== 'done') throw new Error(outcome.kind)
  const page = await meet()
  await page.goto(new URL(outcome.address ?? 'http://localhost/').pathname)
  expect((await view(page)).heading).toBe('You are invited')
  await follow(page, 'Continue with Acme')
  await proveThere(page, 'hedy')
  await press(page, 'Create account')
  expect(await view(page)).toMatchObject({ path: '/account', notice: 'Your account is ready.' })
  await page.goto(new URL(outcome.address ?? 'http://localhost/').pathname)
  expect((await view(page)).heading).toBe('This link no longer works')
})
