import type { Capability } from '../capability.ts'
import { forwardAuth as pages } from './routes.ts'

export const forwardAuth: Capability = {
  name: 'forward-auth',
  routes: [pages],
  answers: 'before pages',
}
