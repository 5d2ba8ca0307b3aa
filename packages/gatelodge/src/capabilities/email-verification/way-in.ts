import type { WayIn } from '../../identity/logins/login.ts'

/** The link that confirms an address, with the password. */
export const byVerifyLink: WayIn = {
  name: 'verification link',
  succeeded: 'login.succeeded',
  unfinished: 'login.unfinished',
}
