import type { WayIn } from '../../identity/logins/login.ts'

/** An account that starts with an invitation. */
export const byInvitation: WayIn = {
  name: 'invitation',
  succeeded: 'registration.succeeded',
  unfinished: 'registration.succeeded',
}
