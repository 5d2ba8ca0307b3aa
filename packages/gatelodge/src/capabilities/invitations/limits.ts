import type { Limit } from '../../identity/attempts/budgets.ts'
import { hours } from '../../time.ts'

export const limits = {
  /** New accounts from one network, and addresses that were tried there. A whole school may sit behind one address. */
  'invitation from': (settings) => ({ free: settings.registrationsPerAddress, memory: settings.registrationsWindow }),
  /** Emails to one address. It uses up none of the emails that its owner may ask for. */
  'invitation to': (settings) => ({ free: settings.emailsPerAddressDay, memory: hours(24) }),
  /** By one administrator or one API key: a stolen one must not write to everyone in our name. */
  'invitations by': () => ({ free: 200, memory: hours(1) }),
} satisfies Record<string, Limit>
