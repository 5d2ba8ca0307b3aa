import type { WayIn } from '../../identity/logins/login.ts'

/** Another provider says who it is, and an account here is connected with that. */
export const byConnection: WayIn = { name: 'connection', succeeded: 'login.succeeded', unfinished: 'login.unfinished' }

/** Nobody was: the account starts with it. */
export const byNewConnection: WayIn = {
  name: 'registration by connection',
  succeeded: 'registration.succeeded',
  unfinished: 'registration.succeeded',
}
