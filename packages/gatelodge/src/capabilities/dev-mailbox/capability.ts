import type { Capability } from '../capability.ts'
import { mailbox } from './routes.tsx'
import { samples } from './samples.routes.tsx'

export const devMailbox: Capability = {
  name: 'dev-mailbox',
  routes: [samples, mailbox],
}
