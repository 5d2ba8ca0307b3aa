// What people read about the API.
import { type State, state } from './state.ts'

export const api: State[] = [
  state('api-reference', (page) => page.goto('/api')),
  state('api-without-session', (page) => page.goto('/api/without-session')),
  state('api-with-session', (page) => page.goto('/api/with-session')),
  state('api-with-key', (page) => page.goto('/api/with-key')),
]
