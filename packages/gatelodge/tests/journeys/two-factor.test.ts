// A second factor, from the first look at it to the next log-in: the key typed by hand, a code, the list of recovery codes.
import { expect, it } from 'vitest'
import { useBrowser, withAndWithoutScripts } from '../support/journey.ts'
import { movedClock } from '../support/make-app.ts'
import { verified } from '../support/passkey-steps.ts'
import { shown } from '../support/second-factor.ts'
import { useSite } from '../support/site.ts'
import { follow, logIn, press, type, view } from '../support/steps.ts'
import { enrolled, protectedPerson } from '../support/two-factor-steps.ts'

const clock = movedClock(Date.now())
const site = useSite(undefined, { emailsPerClient: 10_000, registrationsPerAddress: 10_000 }, { clock })

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
    const { key } = await enrolled(page, clock)
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
})

const meet = useBrowser(site)

it('with scripts, the codes are copied by a button', async () => {
  const page = await meet({ permissions: ['clipboard-read', 'clipboard-write'] })
  const { codes } = await protectedPerson(page, clock)
  await page.getByRole('button', { name: 'Copy', exact: true }).click()
  await page.getByText('The codes were copied').waitFor()
  expect(await page.evaluate('navigator.clipboard.readText()')).toBe(codes.join('\n'))
})

it('with scripts and a clipboard that is closed, the codes are selected', async () => {
  const page = await meet()
  const { codes } = await protectedPerson(page, clock)
  await page.evaluate("navigator.clipboard.writeText = () => Promise.reject(new Error('closed'))")
  await page.getByRole('button', { name: 'Copy', exact: true }).click()
  await expect.poll(() => page.evaluate('String(getSelection())')).toContain(codes.at(-1))
})
