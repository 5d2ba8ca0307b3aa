// What people read about the API.
import { type State, state } from './state.ts'

export const api: State[] = [state('api-reference', (page) => page.goto('/api'))]
