import type { Capability } from '../capability.ts'
import { acceptInvitation, registerByInvitation } from './api.ts'
import { emails } from './emails.ts'
import { events } from './events.ts'
import { InvitationForm } from './form.ts'
import { limits } from './limits.ts'
import { purgeInvitations } from './purge.rules.ts'
import { invitationLink } from './routes.tsx'

export const invitations: Capability = {
  name: 'invitations',
  routes: [invitationLink],
  forms: { invitation: InvitationForm },
  operations: [registerByInvitation, acceptInvitation],
  events,
  emails,
  limits,
  purge: purgeInvitations,
}
