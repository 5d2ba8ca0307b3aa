// Another name and another address: what is asked before, what is shown meanwhile, and what holds in the end.
import type { Page } from 'playwright-core'
import { expect, it } from 'vitest'
import { minutes } from '../../../../src/time.ts'
import { inBothWays } from '../../../support/journey.ts'
import { linkInEmail, openEmail, subjects } from '../../../support/mailbox.ts'
import { movedClock } from '../../../support/make-app.ts'
import { useSite } from '../../../support/site.ts'
import { follow, logIn, newPerson, press, registered, type, view } from '../../../support/steps.ts'

const clock = movedClock(Date.now())
const site = useSite(undefined, { emailsPerClient: 10_000 }, { clock })

async function askFor(page: Page, email: string): Promise<void> {
  await page.goto('/account')
  await follow(page, 'Change your email address')
  await type(page, { 'New email address': email })
  await press(page, 'Send verification link')
}

const facts = (page: Page) => page.locator('.facts').first().innerText()

inBothWays(site, (meet) => {
  it('a new name greets at once; an empty one is refused with what to do', async () => {
    const page = await meet()
    await registered(page)
    await follow(page, 'Change your name')
    await type(page, { 'Your name': ' ' })
    await press(page, 'Save name')
    expect((await view(page)).atFields).toEqual({ name: 'Enter your name' })
    await type(page, { 'Your name': 'Countess Lovelace' })
    await press(page, 'Save name')
    expect(await view(page)).toMatchObject({
      path: '/account',
      heading: 'Hello, Countess Lovelace',
      notice: 'Your name was changed.',
    })
  })

  it('V7.5.1 ten minutes after the log-in a new address needs the password once more, and then the page that was wanted comes', async () => {
    const page = await meet()
    const { password } = await registered(page)
    clock.pass(minutes(10))
    await page.goto('/account')
    await follow(page, 'Change your email address')
    expect(await view(page)).toMatchObject({ path: '/reauthenticate', heading: 'Confirm your password' })
    await type(page, { 'Current password': 'not my password' })
    await press(page, 'Continue')
    expect((await view(page)).summary).toEqual(['Current password is not right. Check it and try again.'])
    await type(page, { 'Current password': password })
    await press(page, 'Continue')
    expect(await view(page)).toMatchObject({ path: '/account/email', heading: 'Change your email address' })
  })

  it('nothing changes before the new address confirms; both get an email; then it is the one to log in with', async () => {
    const page = await meet()
    const ada = await registered(page)
    const { email } = newPerson()
    await askFor(page, email)
    expect(await view(page)).toMatchObject({ path: '/account/email', notice: undefined })
    expect(await page.locator('.pending').innerText()).toContain(`We sent a link to ${email}.`)
    await page.goto('/account')
    expect(await facts(page)).toContain(`Waiting for verification: ${email}`)
    const told = await openEmail(page, ada.email, subjects.emailAsked)
    expect(await told.locator('.email').first().innerText()).toContain('to another one')
    await told.close()

    await page.goto(await linkInEmail(page, email, subjects.confirmEmail))
    expect(await view(page)).toMatchObject({ path: '/confirm-email', heading: 'Use this email address?' })
    await press(page, 'Use this address')
    expect(await view(page)).toMatchObject({ path: '/account', notice: `Your email address was changed to ${email}.` })
    expect(await facts(page)).not.toContain(ada.email)
    await press(page, 'Log out')
    await logIn(page, ada)
    expect((await view(page)).path).toBe('/login')
    await logIn(page, { ...ada, email })
    expect((await view(page)).path).toBe('/account')
  })

  it('a link that is opened where nobody is logged in waits until its owner is', async () => {
    const [page, phone] = [await meet(), await meet()]
    const ada = await registered(page)
    const { email } = newPerson()
    await askFor(page, email)
    await phone.goto(await linkInEmail(page, email, subjects.confirmEmail))
    await follow(phone, 'Log in')
    await type(phone, { 'Email address': ada.email, Password: ada.password })
    await press(phone, 'Log in')
    expect(await view(phone)).toMatchObject({ path: '/confirm-email', heading: 'Use this email address?' })
    await press(phone, 'Use this address')
    expect((await view(phone)).notice).toBe(`Your email address was changed to ${email}.`)
    await page.reload()
    const reason = 'You were logged out here because your email address was changed.'
    expect(await view(page)).toMatchObject({ path: '/login', notice: reason })
  })

  it('anyone who reads the old address puts it back, and is led to a new password', async () => {
    const [thief, owner] = [await meet(), await meet()]
    const ada = await registered(thief)
    await thief.goto(await linkInEmail(thief, ada.email, subjects.verify))
    await press(thief, 'Verify this address')
    const { email } = newPerson()
    await askFor(thief, email)
    await thief.goto(await linkInEmail(thief, email, subjects.confirmEmail))
    await press(thief, 'Use this address')

    await owner.goto(await linkInEmail(thief, ada.email, subjects.emailChanged))
    expect(await view(owner)).toMatchObject({ path: '/undo-email-change', heading: 'Restore your old email address?' })
    await type(owner, { 'Email address': email })
    await press(owner, 'Restore address')
    expect((await view(owner)).summary).toEqual(['Enter the address that our email was sent to'])
    await type(owner, { 'Email address': ada.email })
    await press(owner, 'Restore address')
    expect(await view(owner)).toMatchObject({
      path: '/forgot-password',
      notice: `Your email address ${ada.email} was restored. Now set a new password.`,
    })
    expect(await owner.getByLabel('Email address').inputValue()).toBe(ada.email)
    await thief.goto('/account')
    expect((await view(thief)).path).toBe('/login')
  })

  it('it can be sent again and cancelled; what was cancelled cannot be confirmed', async () => {
    const page = await meet()
    await registered(page)
    const { email } = newPerson()
    await askFor(page, email)
    clock.pass(minutes(1))
    await press(page, 'Send the link again')
    expect((await view(page)).notice).toBe('We sent it again.')
    await press(page, 'Cancel the change')
    expect(await view(page)).toMatchObject({ path: '/account', notice: 'Your email address was not changed.' })
    await page.goto(await linkInEmail(page, email, subjects.confirmEmail))
    expect((await view(page)).heading).toBe('This link no longer works')
  })
})
