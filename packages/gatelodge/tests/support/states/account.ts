// The account page and the pages of its password.
import { linkInEmail, subjects } from '../mailbox.ts'
import { changePassword, follow, logIn, press, register, registered } from '../steps.ts'
import { ada, type State, state, wrong } from './state.ts'

export const account: State[] = [
  state('account-welcome', (page) => register(page, ada)),
  state('account', async (page) => {
    const grace = await registered(page, { name: 'Grace Hopper', email: 'grace@example.org' })
    await page.goto(await linkInEmail(page, grace.email, subjects.verify))
    await press(page, 'Verify this address')
    await press(page, 'Log out')
    await logIn(page, grace)
    await press(page, 'Not now')
  }),
  state('account-passkey-offer', async (page) => {
    const person = await registered(page)
    await page.goto(await linkInEmail(page, person.email, subjects.verify))
    await press(page, 'Verify this address')
    await page.goto('/account')
  }),
  state('account-password-changed', async (page) => {
    const { password } = await registered(page, { name: 'Mary Jackson', email: 'mary.jackson@example.org' })
    await changePassword(page, password, 'amber ferry clock')
  }),
  state('account-long', (page) =>
    registered(page, { name: 'Wolfeschlegelsteinhausen'.repeat(3), email: `${'x'.repeat(60)}@example.org` }),
  ),
  state('account-right-to-left', (page) => registered(page, { name: 'مريم الأسترلابي', email: 'mariam@example.org' })),
  state('activity', async (page) => {
    await registered(page, { name: 'Annie Easley', email: 'annie@example.org' })
    await page.goto('/account/activity')
  }),
  state('activity-paged', async (page) => {
    const person = await registered(page)
    for (let time = 0; time < 45; time += 1)
      await page.request.post('/api/v1/password/confirm', { data: { current_password: person.password } })
    await page.goto('/account/activity')
    await follow(page, 'Next')
  }),
  state('change-password', async (page) => {
    await registered(page)
    await page.goto('/account/password')
  }),
  state('change-password-wrong', async (page) => {
    await registered(page)
    await changePassword(page, wrong, 'short')
  }),
  state('logout', async (page) => {
    await registered(page)
    await page.goto('/logout')
  }),
]
