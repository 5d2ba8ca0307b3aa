// What goes wrong without anyone's doing.
import { logIn, press, registered } from '../steps.ts'
import { ada, type State, state } from './state.ts'

export const failures: State[] = [
  state('not-found', (page) => page.goto('/nothing-here')),
  state('cross-site-request', async (page) => {
    await registered(page)
    // Where there is no page at the form's address that could be shown again.
    await page.evaluate("document.forms[0].action = '/nothing-here'; document.forms[0].form_token.value = ''")
    await press(page, 'Log out')
  }),
  state('not-saved', async (page) => {
    await registered(page)
    await page.goto('/account/profile')
    await page.context().clearCookies()
    await press(page, 'Save name')
  }),
  state('unavailable', (page) => logIn(page, ada), 'away'),
  state('failed', (page) => logIn(page, ada), 'broken'),
]
