import type { WayIn } from '../../identity/logins/login.ts'

/** The password was chosen a moment ago. */
export const byRegistration: WayIn = {
  name: 'registration',
  succeeded: 'registration.succeeded',
  unfinished: 'registration.succeeded',
}

/** Registration by email: the account starts with the link. */
export const byStartLink: WayIn = {
  name: 'start of an account',
  succeeded: 'registration.succeeded',
  unfinished: 'registration.succeeded',
}
