// A real restart: the browser ends and opens its profile again, and by itself drops the cookies that were to live until then.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { describe, expect, it, onTestFinished } from 'vitest'
import { launchProfile } from '../../support/browser.ts'
import { useSite } from '../../support/site.ts'
import { newPerson, type Person, press, register, type, view } from '../../support/steps.ts'

const site = useSite()

describe.each([
  ['with scripts', true],
  ['without scripts', false],
])('%s', (_, hasScripts) => {
  it('a session that is to be remembered is still there when the browser opens again', async () => {
    const ada = newPerson()
    const inBrowser = profile(hasScripts)
    await inBrowser((page) => logInAnew(page, ada, { remember: true }))
    await inBrowser(async (page) => {
      await page.goto('/account')
      expect(await view(page)).toMatchObject({ path: '/account', heading: `Hello, ${ada.name}` })
    })
  })

  it('any other session ends with the browser', async () => {
    const ada = newPerson()
    const inBrowser = profile(hasScripts)
    await inBrowser((page) => logInAnew(page, ada, { remember: false }))
    await inBrowser(async (page) => {
      await page.goto('/account')
      expect(await view(page)).toMatchObject({ path: '/login', notice: 'Log in to see that page.' })
    })
  })
})

/** Starts a browser with one and the same profile, and ends it after each use. */
function profile(hasScripts: boolean): (use: (page: Page) => Promise<void>) => Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'gatelodge-profile-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  return async (use) => {
    const options = { baseURL: site().baseUrl, javaScriptEnabled: hasScripts }
    const context = await launchProfile(folder, options)
    try {
      await use(await context.newPage())
    } finally {
      await context.close()
    }
  }
}

async function logInAnew(page: Page, person: Person, { remember }: { remember: boolean }): Promise<void> {
  await register(page, person)
  await press(page, 'Log out')
  await type(page, { 'Email address': person.email, Password: person.password })
  await page.getByRole('checkbox', { name: 'Keep me logged in' }).setChecked(remember)
  await press(page, 'Log in')
  expect((await view(page)).path).toBe('/account')
}
