// Taking one's data along, leaving, and coming back.
import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { inBothWays } from '../../../support/journey.ts'
import { linkInEmail, subjects } from '../../../support/mailbox.ts'
import { useSite } from '../../../support/site.ts'
import { follow, logIn, press, register, registered, type, view } from '../../../support/steps.ts'

const site = useSite(undefined, { emailsPerClient: 10_000 })

inBothWays(site, (meet) => {
  it('the data is a file, with what is stored and without the password', async () => {
    const page = await meet()
    const { name, email, password } = await registered(page)
    const link = page.getByRole('link', { name: 'Download your data' })
    const [download] = await Promise.all([page.waitForEvent('download'), link.click()])
    expect(download.suggestedFilename()).toMatch(/\.json$/)
    const text = readFileSync(await download.path(), 'utf8')
    expect(JSON.parse(text)).toMatchObject({ account: { name, email }, devices: [{ device: 'Chrome on Linux' }] })
    expect(text).not.toContain(password)
    expect(text).not.toContain('argon2')
  })

  it('an account is deleted with its password, and the link in the email brings it back as it was', async () => {
    const [page, elsewhere] = [await meet(), await meet()]
    const ada = await registered(page)
    await logIn(elsewhere, ada)
    await page.goto('/account')
    await follow(page, 'Delete this account')
    await type(page, { 'Current password': 'not my password' })
    await press(page, 'Delete my account')
    expect((await view(page)).summary).toEqual(['Current password is not right. Check it and try again.'])
    await type(page, { 'Current password': ada.password })
    await press(page, 'Delete my account')
    expect(await view(page)).toMatchObject({
      path: '/account-deleted',
      heading: 'Your account will be deleted',
      notice: undefined,
    })
    await elsewhere.reload()
    const reason = 'You were logged out here because the account was deleted.'
    expect(await view(elsewhere)).toMatchObject({ path: '/login', notice: reason })
    await logIn(page, ada)
    expect((await view(page)).summary).toEqual(['Email or password is not right. Check them and try again.'])

    await page.goto(await linkInEmail(page, ada.email, subjects.closed))
    expect(await view(page)).toMatchObject({ path: '/restore-account', heading: 'Restore your account?' })
    await press(page, 'Restore my account')
    const notice = 'Your account was restored. Log in to continue.'
    expect(await view(page)).toMatchObject({ path: '/login', notice })
    await logIn(page, ada)
    expect(await view(page)).toMatchObject({ path: '/account', heading: `Hello, ${ada.name}` })
  })
})

describe('Where an account is removed at once', () => {
  const atOnce = useSite(undefined, { deletionDelay: 0, emailsPerClient: 10_000 })

  inBothWays(atOnce, (meet) => {
    it('the page says that there is no way back, and the address is free again', async () => {
      const page = await meet()
      const ada = await registered(page)
      await page.goto('/account/delete')
      expect(await page.locator('.losses').innerText()).toContain('This cannot be undone.')
      await type(page, { 'Current password': ada.password })
      await press(page, 'Delete my account')
      expect(await page.locator('main').innerText()).toContain('Your account was deleted')
      await register(page, ada)
      expect(await view(page)).toMatchObject({
        path: '/account',
        notice: 'Your account is ready.',
      })
    })
  })
})
