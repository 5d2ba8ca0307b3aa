// The login page.
import { logIn, press, registered } from '../steps.ts'
import { ada, demandNewPassword, type State, state } from './state.ts'

export const login: State[] = [
  state('login', (page) => page.goto('/login')),
  state('login-asked-for', (page) => page.goto('/account')),
  state('login-empty', async (page) => {
    await page.goto('/login')
    await press(page, 'Log in')
  }),
  state('login-wrong', (page) => logIn(page, { ...ada, email: 'nobody@example.org' })),
  state('login-rate-limited', async (page) => {
    for (let time = 0; time < 6; time += 1) await logIn(page, { ...ada, email: 'guessed@example.org' })
  }),
  state('login-not-arrived', (page) => page.goto('/login?not_arrived=1')),
  // As after the first form, in a browser that keeps no cookies.
  state('cookies-off', (page) => page.goto('/account?cookies=1')),
  state('login-logged-out', async (page) => {
    await registered(page)
    await press(page, 'Log out')
  }),
  state('new-password', async (page) => {
    const person = await registered(page)
    await press(page, 'Log out')
    demandNewPassword(person.email)
    await logIn(page, person)
  }),
]
