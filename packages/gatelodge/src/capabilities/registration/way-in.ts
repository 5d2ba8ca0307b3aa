import type { WayIn } from '../../identity/logins/login.ts'

/** The password was chosen a moment ago. */
export const byRegistration: WayIn = {
  name: 'registration',
  succeeded: 'registration.succeeded',
  unfinished: 'registration.succeeded',
}

/** The address has an account, and the password is its own: a log-in by another form. */
export const byKnownAddress: WayIn = {
  name: 'registration of a known address',
  succeeded: 'login.succeeded',
  unfinished: 'login.unfinished',
}

/** Registration by email: the account starts with the link. */
export const byStartLink: WayIn = {
  name: 'start of an account',
  succeeded: 'registration.succeeded',
  unfinished: 'registration.succeeded',
}

/** The same without a password: the account starts with the passkey that is made behind the link. */
export const byStartPasskey: WayIn = {
  name: 'start of an account with a passkey',
  succeeded: 'registration.succeeded',
  unfinished: 'registration.succeeded',
}
