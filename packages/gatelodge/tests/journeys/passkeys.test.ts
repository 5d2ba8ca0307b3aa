// Passkeys in a real browser, with Chromium's virtual authenticator: made, used by the button and in the field of the address,
// renamed and removed. Without scripts nothing of it is shown but the list.
import { describe, expect, it } from 'vitest'
import { useBrowser } from '../support/journey.ts'
import { movedClock } from '../support/make-app.ts'
import { add, logOut, pressPasskey, verified, withApp } from '../support/passkey-steps.ts'
import { useSite } from '../support/site.ts'
import { follow, logIn, press, type, view } from '../support/steps.ts'
import { virtualAuthenticator } from '../support/virtual-authenticator.ts'

const clock = movedClock(Date.now())
const site = useSite(undefined, { emailsPerClient: 10_000 }, { clock })

describe('with scripts', () => {
  const meet = useBrowser(site)

  it('a passkey is made and named, logs in by the button, and is removed', async () => {
    const page = await meet()
    const device = await virtualAuthenticator(page)
    const { email } = await verified(page)
    await add(page)
    expect(await view(page)).toMatchObject({ path: '/account/passkeys/rename', heading: 'Name this passkey' })
    await type(page, { 'Name of the passkey': 'My laptop' })
    await press(page, 'Save name')
    expect(await view(page)).toMatchObject({ path: '/account/passkeys', notice: 'The passkey has a new name.' })
    expect(await page.locator('.devices li').allInnerTexts()).toEqual([
      expect.stringMatching(/^My laptop\s+This device only/),
    ])
    expect(await device.credentials()).toHaveLength(1)

    // The offer in the field of the address stays open, because nobody touches the device.
    await device.isTouched(false)
    const offered = page.waitForResponse('**/login/passkey/options')
    await logOut(page)
    await offered
    await page.evaluate('PublicKeyCredential.isConditionalMediationAvailable()')
    await device.isTouched(true)
    // Now the one question that is open is that of the button.
    await pressPasskey(page, 'Log in with a passkey')
    expect(await view(page)).toMatchObject({ path: '/account' })
    expect(await page.locator('main').innerText()).toContain(email)

    await page.goto('/account/passkeys')
    await follow(page, 'Remove My laptop')
    await press(page, 'Remove passkey')
    expect(await view(page)).toMatchObject({ path: '/account/passkeys' })
    expect(await page.locator('main').innerText()).toContain('You have no passkeys yet.')
    // The browser got the signal (Signal API), so it does not offer the passkey any more.
    await expect.poll(() => device.credentials()).toEqual([])
  })

  it('a passkey is offered in the field of the address, and logs in without a press of any button', async () => {
    const page = await meet()
    await virtualAuthenticator(page)
    await verified(page)
    await add(page)
    await logOut(page)
    await page.waitForURL('/account')
    expect(await page.locator('.events').innerText()).toMatch(/Logged in[\s\S]*Logged out/)
  })
})

describe('as the second factor', () => {
  const meet = useBrowser(site)

  it('a passkey passes the step behind the password', async () => {
    const page = await meet()
    const device = await virtualAuthenticator(page)
    const person = await verified(page)
    await add(page)
    // So that the offer in the field logs nobody in before the password does.
    await device.isTouched(false)
    await withApp(page, clock)
    await logIn(page, person)
    expect(await view(page)).toMatchObject({ path: '/two-factor' })
    await device.isTouched(true)
    await pressPasskey(page, 'Use a passkey')
    expect(await view(page)).toMatchObject({ path: '/account' })
  })
})

describe('what browsers do', () => {
  const meet = useBrowser(site)

  const names = [
    'NotAllowedError',
    'AbortError',
    'SecurityError',
    'NotSupportedError',
    'ConstraintError',
    'UnknownError',
    'TypeError',
  ]
  it('okta-signin-widget#3778: whatever a browser calls its error, the page says one sentence and goes on', async () => {
    const page = await meet()
    await page.addInitScript(`
      let given = ''
      addEventListener('given', ({ detail }) => { given = detail })
      navigator.credentials.get = ({ mediation, signal }) => mediation === 'conditional'
        ? new Promise((_, reject) => signal.addEventListener('abort', () => reject(signal.reason)))
        : Promise.reject(given === 'TypeError' ? new TypeError('wrong') : new DOMException('no', given))`)
    await page.goto('/login')
    const button = page.getByRole('button', { name: 'Log in with a passkey' })
    for (const name of names) {
      await page.evaluate(`dispatchEvent(new CustomEvent('given', { detail: '${name}' }))`)
      await page.evaluate("document.querySelectorAll('p[role=status]').forEach((one) => (one.textContent = ''))")
      await button.click()
      await page.getByText('No passkey was used. You can try again, or log in another way.').waitFor()
    }
    expect((await view(page)).path).toBe('/login')
  })

  it('logto#8345 voidauth#202: nothing is asked without a click but the offer in the field, and the click ends that first', async () => {
    const page = await meet()
    await page.addInitScript(`
      globalThis.asked = []
      navigator.credentials.get = ({ mediation, signal }) => {
        const one = { mediation, isOver: () => signal.aborted }
        asked.push(one)
        return new Promise((_, reject) => signal.addEventListener('abort', () => reject(signal.reason)))
      }`)
    await page.goto('/login')
    await expect.poll(() => page.evaluate('asked.length')).toBe(1)
    expect(await page.evaluate('asked.map(({ mediation, isOver }) => [mediation, isOver()])')).toEqual([
      ['conditional', false],
    ])
    await page.getByRole('button', { name: 'Log in with a passkey' }).click()
    await expect.poll(() => page.evaluate('asked.length')).toBe(2)
    expect(await page.evaluate('asked.map(({ mediation, isOver }) => [mediation ?? null, isOver()])')).toEqual([
      ['conditional', true],
      [null, false],
    ])
  })
})

describe('without scripts', () => {
  const meet = useBrowser(site, { javaScriptEnabled: false })

  it('the log-in page has no button for passkeys, the list is there, and adding says what it needs', async () => {
    const page = await meet()
    await page.goto('/login')
    expect(await page.getByRole('button', { name: 'Log in with a passkey' }).isVisible()).toBe(false)
    await verified(page)
    await page.goto('/account/passkeys')
    expect(await page.locator('main').innerText()).toContain('You have no passkeys yet.')
    await follow(page, 'Add a passkey')
    expect(await page.locator('main').innerText()).toContain('Adding a passkey needs JavaScript')
    expect(await page.getByRole('button', { name: 'Add a passkey' }).isVisible()).toBe(false)
  })
})
