// A forgotten password: from the login page to the email, to a new password, and back in.
import type { Page } from 'playwright-core'
import { expect, it } from 'vitest'
import { minutes } from '../../../../src/time.ts'
import { mailboxLink } from '../../../support/data-folder.ts'
import { inBothWays } from '../../../support/journey.ts'
import { linkInEmail, subjects } from '../../../support/mailbox.ts'
import { movedClock } from '../../../support/make-app.ts'
import { useSite } from '../../../support/site.ts'
import { follow, logIn, newPerson, press, registered, type, view } from '../../../support/steps.ts'

const clock = movedClock(Date.now())
const site = useSite(undefined, { emailsPerClient: 10_000, emailsPerAddressHour: 10 }, { clock })
const newPassword = 'amber ferry clock'

async function ask(page: Page, email: string): Promise<void> {
  await page.goto('/login')
  await follow(page, 'Forgot your password?')
  await type(page, { 'Email address': email })
  await press(page, 'Send reset link')
}

inBothWays(site, (meet) => {
  it('the link sets a new password, which is judged; all devices are logged out, and it is typed to log in', async () => {
    const [page, elsewhere] = [await meet(), await meet()]
    const ada = await registered(elsewhere)
    await ask(page, ada.email)
    expect(await view(page)).toMatchObject({ path: '/forgot-password/sent', heading: 'Check your email' })
    expect(await page.locator('main').innerText()).toContain(`If ${ada.email} has an account, we sent a link to it.`)
    await page.goto(await linkInEmail(page, ada.email, subjects.reset))
    expect(await view(page)).toMatchObject({ path: '/reset-password', heading: 'Set a new password' })
    expect(await page.locator('main').innerText()).toContain(ada.email)
    await type(page, { 'New password': 'password123' })
    await press(page, 'Save new password')
    expect((await view(page)).summary[0]).toMatch(/^This password is too common and easy to guess/)
    await type(page, { 'New password': newPassword })
    await press(page, 'Save new password')
    expect(await view(page)).toMatchObject({
      path: '/login',
      notice: 'Your password was reset. Log in with the new one.',
    })

    await elsewhere.reload()
    const reason = 'You were logged out here because your password was reset.'
    expect(await view(elsewhere)).toMatchObject({ path: '/login', notice: reason })
    await logIn(page, ada)
    expect((await view(page)).summary).toEqual(['Email or password is not right. Check them and try again.'])
    await logIn(page, { ...ada, password: newPassword })
    expect((await view(page)).path).toBe('/account')
  })

  it('an address without an account gets the same words, and no email', async () => {
    const page = await meet()
    const { email } = newPerson()
    await ask(page, email)
    expect(await page.locator('main').innerText()).toContain(`If ${email} has an account, we sent a link to it.`)
    await page.goto(mailboxLink())
    expect(await page.locator('main').innerText()).not.toContain(email)
  })

  it('a link that was used or replaced leads to the form that asks for another', async () => {
    const page = await meet()
    const { email } = await registered(page)
    await press(page, 'Log out')
    await ask(page, email)
    const replaced = await linkInEmail(page, email, subjects.reset)
    clock.pass(minutes(1))
    await press(page, 'Send again')
    const link = await linkInEmail(page, email, subjects.reset)
    await page.goto(link)
    await type(page, { 'New password': newPassword })
    await press(page, 'Save new password')
    for (const dead of [replaced, link]) {
      await page.goto(dead)
      expect((await view(page)).heading).toBe('This link no longer works')
    }
    clock.pass(minutes(1))
    await type(page, { 'Email address': email })
    await press(page, 'Send reset link')
    await page.goto(await linkInEmail(page, email, subjects.reset))
    expect((await view(page)).heading).toBe('Set a new password')
  })
})
