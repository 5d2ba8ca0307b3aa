// A second factor, from the first look at it to its end: the key typed by hand, a code, a recovery code, a trusted device.
import { readFileSync } from 'node:fs'
import type { Page } from 'playwright-core'
import { expect, it } from 'vitest'
import { seconds } from '../../src/time.ts'
import { useBrowser, withAndWithoutScripts } from '../support/journey.ts'
import { linkInEmail, subjects } from '../support/mailbox.ts'
import { movedClock } from '../support/make-app.ts'
import { shown } from '../support/second-factor.ts'
import { useSite } from '../support/site.ts'
import { follow, logIn, newPerson, type Person, press, register, registered, type, view } from '../support/steps.ts'

const clock = movedClock(Date.now())
const patient = { emailsPerClient: 10_000, registrationsPerAddress: 10_000 }
const site = useSite(undefined, patient, { clock })
const strict = useSite(undefined, { ...patient, secondFactor: 'required' }, { clock })
const phone = { viewport: { width: 360, height: 640 }, isMobile: true, hasTouch: true }

async function verified(page: Page): Promise<Person> {
  const person = await registered(page)
  await page.goto(await linkInEmail(page, person.email, subjects.verify))
  await press(page, 'Verify this address')
  return person
}

/** As someone types it into the app, group by group. */
const keyOn = async (page: Page) => (await page.locator('p.code').innerText()).replaceAll(' ', '')

/** Waits until the next code is another one. */
async function enrolled(page: Page): Promise<{ key: string; codes: string[] }> {
  const key = await keyOn(page)
  await type(page, { Code: shown({ clock }, key) })
  await page.locator('main form button').first().click()
  await page.waitForURL('**/account/recovery-codes**')
  const codes = await page.locator('.codes li').allInnerTexts()
  expect(codes).toHaveLength(10)
  clock.pass(seconds(30))
  return { key, codes }
}

async function protectedPerson(page: Page) {
  const person = await verified(page)
  await page.goto('/account/two-factor')
  return { person, ...(await enrolled(page)) }
}

withAndWithoutScripts(site, (meet) => {
  it('V6.3.3 is set up by typing the key, and asked for at the next log-in', async () => {
    const page = await meet()
    const person = await verified(page)
    await page.goto('/account')
    await follow(page, 'Set up two-factor authentication')
    expect(await view(page)).toMatchObject({ path: '/account/two-factor', heading: 'Two-factor authentication' })
    expect(await page.getByRole('img', { name: /^QR code for your authenticator app/ }).isVisible()).toBe(true)
    expect(await page.locator('p.code').innerText()).toMatch(/^(?:[A-Z2-7]{4} ){7}[A-Z2-7]{4}$/)
    await type(page, { Code: '000000' })
    await press(page, 'Turn on')
    const wrong = 'The code is not right. Enter the one that the app shows now.'
    expect(await view(page)).toMatchObject({ summary: [wrong], atFields: { code: wrong } })
    const { key } = await enrolled(page)
    await press(page, 'I have saved my codes')
    expect(await page.locator('main').innerText()).toContain('10 of 10 left')
    await press(page, 'Log out')
    await logIn(page, person)
    expect(await view(page)).toMatchObject({ path: '/two-factor', heading: 'Enter your code' })
    expect(await page.evaluate('document.activeElement?.id')).toBe('code')
    await type(page, { Code: shown({ clock }, key).replace(/(...)/, '$1 ') })
    await press(page, 'Log in')
    expect((await view(page)).path).toBe('/account')
  })

  it('V6.5.1 a recovery code works once, and the list is a file to keep', async () => {
    const page = await meet()
    const { person, codes } = await protectedPerson(page)
    const [file] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('button', { name: 'Download', exact: true }).click(),
    ])
    expect(file.suggestedFilename()).toBe('recovery-codes.txt')
    expect(readFileSync(await file.path(), 'utf8')).toContain(codes.join('\n'))
    // On paper nothing stands there but the codes and what they are.
    await page.emulateMedia({ media: 'print' })
    expect(await page.getByRole('button').filter({ visible: true }).count()).toBe(0)
    expect(await page.locator('.codes li').first().isVisible()).toBe(true)
    await page.emulateMedia({ media: 'screen' })
    await press(page, 'Log out')
    for (const path of ['/account', '/two-factor']) {
      await logIn(page, person)
      await follow(page, 'Use a recovery code')
      expect((await view(page)).heading).toBe('Enter a recovery code')
      await type(page, { 'Recovery code': (codes[0] ?? '').toUpperCase() })
      await press(page, 'Log in')
      expect((await view(page)).path).toBe(path)
      if (path === '/account') await press(page, 'Log out')
    }
    await press(page, 'Cancel')
    expect(await view(page)).toMatchObject({ path: '/login', notice: 'The login was cancelled.' })
  })

  it('a trusted device is not asked, stands among the devices, and is asked again once it is removed', async () => {
    const page = await meet()
    const { person, key } = await protectedPerson(page)
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
    const { person } = await protectedPerson(page)
    await page.goto('/account/two-factor')
    await press(page, 'Turn off two-factor authentication')
    expect(await view(page)).toMatchObject({ path: '/account', notice: 'Two-factor authentication is off.' })
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
    await enrolled(page)
    expect(await isWide()).toBe(false)
  })
})

withAndWithoutScripts(strict, (meet) => {
  it('V6.3.3 where it is required, it is set up before the account opens', async () => {
    const page = await meet()
    const person = newPerson()
    await register(page, person)
    await page.goto('/account')
    expect((await view(page)).path).toBe('/login')
    await page.goto(await linkInEmail(page, person.email, subjects.verify))
    await press(page, 'Verify this address')
    expect((await view(page)).path).toBe('/two-factor/set-up')
    await enrolled(page)
    await press(page, 'I have saved my codes')
    expect((await view(page)).path).toBe('/account/two-factor')
    await press(page, 'Log out')
    await logIn(page, person)
    expect((await view(page)).path).toBe('/two-factor')
  })
})

const meet = useBrowser(site)

it('with scripts, the codes are copied by a button', async () => {
  const page = await meet({ permissions: ['clipboard-read', 'clipboard-write'] })
  const { codes } = await protectedPerson(page)
  await page.getByRole('button', { name: 'Copy', exact: true }).click()
  await page.getByText('The codes were copied').waitFor()
  expect(await page.evaluate('navigator.clipboard.readText()')).toBe(codes.join('\n'))
})

it('with scripts and a clipboard that is closed, the codes are selected', async () => {
  const page = await meet()
  const { codes } = await protectedPerson(page)
  await page.evaluate("navigator.clipboard.writeText = () => Promise.reject(new Error('closed'))")
  await page.getByRole('button', { name: 'Copy', exact: true }).click()
  await expect.poll(() => page.evaluate('String(getSelection())')).toContain(codes.at(-1))
})
