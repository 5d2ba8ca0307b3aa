// An address is confirmed: the email, the page behind its link, and what the account page says before and after.
import type { Page } from 'playwright-core'
import { describe, expect, it } from 'vitest'
import { minutes } from '../../../../src/time.ts'
import { inBothWays } from '../../../support/journey.ts'
import { linkInEmail, subjects } from '../../../support/mailbox.ts'
import { movedClock } from '../../../support/make-app.ts'
import { useSite } from '../../../support/site.ts'
import { follow, logIn, newPerson, press, register, registered, type, view } from '../../../support/steps.ts'

const clock = movedClock(Date.now())
const site = useSite(undefined, { emailsPerClient: 10_000 }, { clock })

const emailFact = (page: Page) => page.locator('.facts > div', { hasText: 'Email address' }).innerText()

inBothWays(site, (meet) => {
  it('the account page says what to do, a second email can be sent after a minute, and the link in it leads to one button', async () => {
    const page = await meet()
    const { email } = await registered(page)
    expect(await emailFact(page)).toContain('Not verified')
    const first = await linkInEmail(page, email, subjects.verify)
    await follow(page, 'Verify this address')
    expect(await page.locator('main').innerText()).toContain(`We sent an email to ${email}.`)
    await press(page, 'Send again')
    expect((await view(page)).summary).toEqual(['An email was sent recently. You can send another in 1 minute.'])
    clock.pass(minutes(1))
    await press(page, 'Send again')
    expect(await view(page)).toMatchObject({ path: '/verify-email', notice: 'We sent it again.' })

    await page.goto(first)
    expect((await view(page)).heading).toBe('This link no longer works')
    await page.goto(await linkInEmail(page, email, subjects.verify))
    expect(await view(page)).toMatchObject({ path: '/verify-email/confirm', heading: 'Verify your email address' })
    await press(page, 'Verify this address')
    expect(await view(page)).toMatchObject({ path: '/account', notice: `${email} is verified.` })
    expect(await emailFact(page)).toMatch(/Verified(?![\s\S]*Verify this address)/)
  })

  it('V3.5.3 the link may be opened any number of times, by anyone; only the button confirms', async () => {
    const page = await meet()
    const { email } = await registered(page)
    const link = await linkInEmail(page, email, subjects.verify)
    const scanner = await meet()
    for (let time = 0; time < 3; time += 1) await scanner.goto(link)
    await page.goto('/account')
    expect(await emailFact(page)).toContain('Not verified')
    await page.goto(link)
    await press(page, 'Verify this address')
    await page.goto(link)
    expect((await view(page)).heading).toBe('Your email address is verified')
    await follow(page, 'Back to your account')
    expect(await emailFact(page)).toContain('Verified')
  })

  it('a browser that the account does not know is asked for the password, and the others are logged out', async () => {
    const [here, phone] = [await meet(), await meet()]
    const { name, email, password } = await registered(here)
    await phone.goto(await linkInEmail(here, email, subjects.verify))
    expect(await phone.locator('main').innerText()).toContain(email)
    await type(phone, { Password: 'not my password' })
    await press(phone, 'Verify this address')
    const message = 'Password is not right. Check it and try again.'
    expect(await view(phone)).toMatchObject({ summary: [message], atFields: { password: message } })
    await type(phone, { Password: password })
    await press(phone, 'Verify this address')
    expect(await view(phone)).toMatchObject({ path: '/account', heading: `Hello, ${name}` })
    await here.reload()
    const reason = 'You were logged out here because your email address was verified.'
    expect(await view(here)).toMatchObject({ path: '/login', notice: reason })
  })
})

describe('Where an address must be confirmed first', () => {
  const gated = useSite(undefined, { requireVerifiedEmail: true, emailsPerClient: 10_000 })

  inBothWays(gated, (meet) => {
    it('nobody gets in before; afterwards the page that was asked for opens', async () => {
      const page = await meet()
      const person = newPerson()
      await page.goto('/account/devices')
      await follow(page, 'Register')
      await type(page, { 'Your name': person.name, 'Email address': person.email, Password: person.password })
      await press(page, 'Create account')
      expect(await view(page)).toMatchObject({ path: '/verify-email', heading: 'Check your email' })
      await page.goto('/account')
      expect((await view(page)).path).toBe('/login')
      await logIn(page, person)
      expect((await view(page)).path).toBe('/verify-email')

      await page.goto(await linkInEmail(page, person.email, subjects.verify))
      // The password was typed here a moment ago: the log-in under way needs no more than the button.
      await press(page, 'Verify this address')
      expect(await view(page)).toMatchObject({ path: '/account/devices', notice: `${person.email} is verified.` })
    })

    it('an address that was confirmed in another browser lets the first one continue', async () => {
      const [here, phone] = [await meet(), await meet()]
      const person = newPerson()
      await register(here, person)
      await phone.goto(await linkInEmail(here, person.email, subjects.verify))
      await type(phone, { Password: person.password })
      await press(phone, 'Verify this address')
      expect((await view(phone)).path).toBe('/account')
      await here.goto('/verify-email')
      expect(await view(here)).toMatchObject({ path: '/login/continue', heading: 'Continue logging in' })
      await press(here, 'Continue')
      expect((await view(here)).path).toBe('/account')
    })

    it('Cancel leads back to the log-in page', async () => {
      const page = await meet()
      await register(page, newPerson())
      await press(page, 'Cancel')
      expect(await view(page)).toMatchObject({ path: '/login', notice: 'The login was cancelled.' })
    })
  })
})
