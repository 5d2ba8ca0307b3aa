import type { Capability } from '../capability.ts'
import { mailbox } from './routes.tsx'

export const devMailbox: Capability = {
  name: 'dev-mailbox',
  routes: [mailbox],
}
