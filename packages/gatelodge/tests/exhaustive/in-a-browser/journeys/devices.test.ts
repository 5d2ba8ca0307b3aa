// Two browsers of one person: each is listed in words, and can be logged out from the other.
import { expect, it } from 'vitest'
import { inBothWays } from '../../../support/journey.ts'
import { openEmail, subjects } from '../../../support/mailbox.ts'
import { useSite } from '../../../support/site.ts'
import { follow, logIn, press, registered, view } from '../../../support/steps.ts'

const site = useSite(undefined, { emailsPerClient: 10_000 })
const firefox = {
  userAgent: 'Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:140.0) Gecko/20100101 Firefox/140.0',
}
const reason = 'You were logged out here from another device.'

inBothWays(site, (meet) => {
  it('V7.5.2 another device is listed, is logged out by its button, and lands on the login page with the reason', async () => {
    const [here, there] = [await meet(), await meet(firefox)]
    const ada = await registered(here)
    await logIn(there, ada)
    await here.goto('/account')
    await follow(here, 'Manage your devices')
    const rows = here.locator('.devices li')
    expect(await rows.allInnerTexts()).toEqual([
      expect.stringMatching(/^Chrome on Linux\s+This device/),
      expect.stringMatching(/^Firefox on Windows\s+127\.0\.0\.1\s· Logged in just now\s· Last used just now/),
    ])
    await press(here, 'Log out Firefox on Windows')
    expect(await view(here)).toMatchObject({ path: '/account/devices', notice: 'The device was logged out.' })
    expect(await here.locator('main').innerText()).toContain('You are logged in only on this device.')
    await there.reload()
    expect(await view(there)).toMatchObject({ path: '/login', notice: reason })
  })

  it('all others end together, and this one goes on', async () => {
    const here = await meet()
    const others = [await meet(firefox), await meet()]
    const ada = await registered(here)
    for (const other of others) await logIn(other, ada)
    await here.goto('/account/devices')
    await press(here, 'Log out all other devices')
    expect(await view(here)).toMatchObject({ notice: 'All other devices were logged out.' })
    for (const other of others) {
      await other.goto('/account')
      expect(await view(other)).toMatchObject({ path: '/login', notice: reason })
    }
  })

  it('a log-in on a device that was not used before sends an email, with the device in words', async () => {
    const [here, there] = [await meet(), await meet(firefox)]
    const ada = await registered(here)
    await logIn(there, ada)
    const message = await openEmail(here, ada.email, subjects.newDevice)
    expect(await message.locator('.email').first().innerText()).toContain('Device: Firefox on Windows')
    await message.close()
  })
})
