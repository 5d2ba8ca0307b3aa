// Everything can be done without a mouse, in an order that makes sense.
import type { Page } from 'playwright-core'
import { expect, it } from 'vitest'
import { withAndWithoutScripts } from '../support/journey.ts'
import { useSite } from '../support/site.ts'
import { arrive, logIn, newPerson, registered, view } from '../support/steps.ts'

const site = useSite()

/** What the element with the focus is called. */
function focused(page: Page): Promise<string> {
  const words = '(it => (it.labels?.[0] ?? it).innerText.split("\\n")[0])(document.activeElement)'
  return page.evaluate(words)
}

async function tabThrough(page: Page, steps: number): Promise<string[]> {
  const names: string[] = []
  for (let step = 0; step < steps; step += 1) {
    await page.keyboard.press('Tab')
    names.push(await focused(page))
  }
  return names
}

/** Goes on to the next field and types. */
async function nextField(page: Page, value: string): Promise<void> {
  await page.keyboard.press('Tab')
  await page.keyboard.type(value)
}

const enter = (page: Page) => arrive(page, () => page.keyboard.press('Enter'))

withAndWithoutScripts(site, (meet, hasScripts) => {
  const show = hasScripts ? ['Show'] : []

  it('the skip link comes first, is seen when it has the focus, and leads past the header and the navigation', async () => {
    const page = await meet()
    await page.goto('/register')
    await page.keyboard.press('Tab')
    expect(await focused(page)).toBe('Skip to the main content')
    const box = await page.locator(':focus').boundingBox()
    expect(box?.y).toBeGreaterThanOrEqual(0)
    await page.keyboard.press('Enter')
    expect(await tabThrough(page, 1)).toEqual(['Your name'])
  })

  it('Tab goes through a page in the order in which it is read', async () => {
    const page = await meet()
    await page.goto('/account')
    const login = ['Email address', 'Password', ...show, 'Forgot your password?', 'Keep me logged in', 'Log in']
    const start = ['Skip to the main content', 'Gatelodge', 'Log in', 'Register']
    expect(await tabThrough(page, start.length + login.length)).toEqual([...start, ...login])
    await page.goto('/register')
    const register = ['Your name', 'Email address', 'Password', ...show, 'Create account']
    expect(await tabThrough(page, start.length + register.length)).toEqual([...start, ...register])
  })

  it('each form on the way through an account has its fields and its button in order, and then the way back', async () => {
    const page = await meet()
    await registered(page)
    const back = 'Back to your account'
    const forms = {
      '/account/profile': ['Your name', 'Save name', back],
      '/account/email': ['New email address', 'Send verification link', back],
      '/reauthenticate': ['Current password', ...show, 'Continue', back],
      '/account/delete': [
        'Download your data first',
        'Current password',
        ...show,
        'Delete my account',
        'Keep my account',
      ],
    }
    const start = ['Skip to the main content', 'Gatelodge', 'Log out']
    for (const [path, form] of Object.entries(forms)) {
      await page.goto(path)
      expect(await tabThrough(page, start.length + form.length)).toEqual([...start, ...form])
    }
  })

  it('a device elsewhere is logged out without a mouse', async () => {
    const [page, other] = [await meet(), await meet()]
    await logIn(other, await registered(page))
    await page.goto('/account/devices')
    // Behind the button for all others.
    await tabThrough(page, 5)
    expect(await page.evaluate('document.activeElement.ariaLabel')).toBe('Log out Chrome on Linux')
    await enter(page)
    expect((await view(page)).notice).toBe('The device was logged out.')
  })

  it('a login page with nothing above its form waits for the email address', async () => {
    const page = await meet()
    await page.goto('/login')
    // A browser sets it once it has drawn the page, which may be after the page is loaded.
    await expect.poll(() => focused(page)).toBe('Email address')
  })

  it('Enter sends each form: register, log out and log in without a mouse', async () => {
    const ada = newPerson()
    const page = await meet()
    await page.goto('/register')
    await tabThrough(page, 4)
    for (const value of [ada.name, ada.email, ada.password]) await nextField(page, value)
    await enter(page)
    expect(await view(page)).toMatchObject({ path: '/account', heading: `Hello, ${ada.name}` })
    expect((await tabThrough(page, 3)).at(-1)).toBe('Log out')
    await enter(page)
    expect(await view(page)).toMatchObject({ path: '/login', notice: 'You are logged out.' })
    await tabThrough(page, 4)
    for (const value of [ada.email, ada.password]) await nextField(page, value)
    await enter(page)
    expect((await view(page)).path).toBe('/account')
  })

  it('after a wrong try the summary stands first, has the focus where scripts run, and its links lead to the fields', async () => {
    const page = await meet()
    await page.goto('/register')
    await page.getByLabel('Your name').focus()
    await enter(page)
    if (hasScripts) expect(await focused(page)).toBe('There is a problem')
    else await tabThrough(page, 4)
    const links = ['Enter your name', 'Enter your email address', 'Enter your password']
    expect(await tabThrough(page, 3)).toEqual(links)
    await page.keyboard.press('Enter')
    expect(await focused(page)).toBe('Password')
    const field = page.getByLabel('Password', { exact: true })
    expect(await field.getAttribute('aria-invalid')).toBe('true')
    expect(await field.getAttribute('aria-describedby')).toBe('password-hint password-error')
  })
})
