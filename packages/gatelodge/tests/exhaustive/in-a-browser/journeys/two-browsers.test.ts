// One person, two browsers: what is changed in one holds in the other.
import { expect, it } from 'vitest'
import { inBothWays } from '../../../support/journey.ts'
import { useSite } from '../../../support/site.ts'
import { changePassword, logIn, press, registered, type, view } from '../../../support/steps.ts'

const site = useSite()
const newPassword = 'amber ferry clock'
const reason = 'You were logged out here because your password was changed.'

inBothWays(site, (meet) => {
  it('V7.4.3 V6.2.2 a new password logs out everywhere else, and is the only one that works from then on', async () => {
    const [here, there] = [await meet(), await meet()]
    const ada = await registered(here)
    await logIn(there, ada)
    await changePassword(here, ada.password, newPassword)
    expect(await view(here)).toMatchObject({
      path: '/account',
      notice: 'Your password was changed. All other devices were logged out.',
    })
    await there.reload()
    expect(await view(there)).toMatchObject({ path: '/login', notice: reason })
    await logIn(there, ada)
    expect((await view(there)).summary).toEqual(['Email or password is not right. Check them and try again.'])
    await logIn(there, { ...ada, password: newPassword })
    expect((await view(there)).path).toBe('/account')
  })

  it('a form that was open in the other browser leads to its login page, and changes nothing', async () => {
    const [here, there] = [await meet(), await meet()]
    const ada = await registered(here)
    await logIn(there, ada)
    await there.goto('/account/password')
    await changePassword(here, ada.password, newPassword)
    await type(there, { 'Current password': ada.password, 'New password': 'a password of a thief' })
    await press(there, 'Save new password')
    expect(await view(there)).toMatchObject({
      path: '/login',
      notice: `${reason}\n\nWhat you just sent was not saved. Send it again after this.`,
    })
    await logIn(there, { ...ada, password: newPassword })
    expect((await view(there)).path).toBe('/account')
  })

  it('V6.2.3 the current password is asked for, and what is not right is said at its field', async () => {
    const page = await meet()
    const ada = await registered(page)
    await changePassword(page, 'not my password', newPassword)
    const message = 'Current password is not right. Check it and try again.'
    const shown = await view(page)
    expect(shown).toMatchObject({ path: '/account/password', summary: [message] })
    expect(shown.atFields).toEqual({ current_password: message })
    expect(shown.title).toMatch(/^Error: Change your password/)
    await changePassword(page, ada.password, ada.password)
    expect((await view(page)).summary).toEqual(['New password must differ from the current one'])
  })
})
