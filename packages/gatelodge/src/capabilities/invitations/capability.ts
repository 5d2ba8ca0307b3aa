import { paths } from '../../paths.ts'
import type { Capability } from '../capability.ts'
import { acceptInvitation, registerByInvitation } from './api.ts'
import { consoleInvitations } from './console.routes.tsx'
import { emails } from './emails.ts'
import { events } from './events.ts'
import { InvitationForm, NewInvitationForm, RevocationForm } from './form.ts'
import { limits } from './limits.ts'
import { adminCreateInvitation, adminListInvitations, adminRevokeInvitation } from './programs.api.ts'
import { purgeInvitations } from './purge.rules.ts'
import { invitationLink } from './routes.tsx'

export const invitations: Capability = {
  name: 'invitations',
  routes: [invitationLink, consoleInvitations],
  forms: {
    invitation: InvitationForm,
    'invitation, new': NewInvitationForm,
    'invitation, revoked': RevocationForm,
  },
  consolePages: [{ place: 40, path: paths.consoleInvitations, label: ({ console }) => console.invitations.title }],
  operations: [
    ...[registerByInvitation, acceptInvitation],
    ...[adminListInvitations, adminCreateInvitation, adminRevokeInvitation],
  ],
  events,
  emails,
  limits,
  purge: purgeInvitations,
}
