import type { Capability } from '../capability.ts'
import { previews } from './previews.routes.tsx'
import { mailbox } from './routes.tsx'

export const devMailbox: Capability = {
  name: 'dev-mailbox',
  routes: [previews, mailbox],
}
