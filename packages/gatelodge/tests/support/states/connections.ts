// Other ways to log in.
import { registered } from '../steps.ts'
import { type State, state } from './state.ts'

export const connections: State[] = [
  state('providers-login', (page) => page.goto('/login'), 'providers'),
  state('providers-register', (page) => page.goto('/register'), 'providers'),
  state(
    'providers-of-account',
    async (page) => {
      await registered(page)
      await page.goto('/account/connections')
    },
    'providers',
  ),
]
