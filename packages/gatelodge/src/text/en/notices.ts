// What is said on top of the next page about what was just done, or about why one is there.

/** Whom and what a notice is about; empty where it does not matter. */
export interface Told {
  name: string
  email: string
}

export const notices = {
  welcome: ({ name }: Told) => `Welcome, ${name}. Your account is ready.`,
  'logged-out': () => 'You are logged out.',
  'login-required': () => 'Log in to see that page.',
  'confirm-first': () => 'Enter your password to go on.',
  'login-over': () => 'This log-in took too long or was finished elsewhere. Log in again.',
  'login-cancelled': () => 'The log-in is cancelled.',
  'ended-elsewhere': () => 'You were logged out here from another device.',
  'ended-password-changed': () => 'You were logged out here because your password was changed on another device.',
  'ended-password-reset': () => 'You were logged out here because your password was set again.',
  'ended-address-confirmed': () => 'You were logged out here because your email address was confirmed elsewhere.',
  'ended-address-changed': () => 'You were logged out here because your email address was changed.',
  'ended-account-deletion-scheduled': () => 'You were logged out here because the account was deleted.',
  'ended-timed-out': () => 'You were logged out because you had not been here for a while. Log in to go on.',
  'password-changed': () => 'Your password is changed. Other devices are logged out.',
  'registration-asked': ({ email }: Told) => `An email is on its way to ${email}.`,
  'verification-sent': ({ email }: Told) => `An email is on its way to ${email}.`,
  'address-verified': ({ email }: Told) => `${email} is confirmed.`,
  'address-verified-log-in': ({ email }: Told) => `${email} is confirmed. Log in to go on.`,
  'reset-asked': ({ email }: Told) => `If ${email} has an account, a link is on its way.`,
  'password-reset': () => 'Your new password is set. Log in with it.',
  'name-changed': ({ name }: Told) => `From now on you are ${name} here.`,
  'email-change-sent': ({ email }: Told) => `A link is on its way to ${email}.`,
  'email-change-cancelled': () => 'Your email address stays as it is.',
  'email-changed': ({ email }: Told) => `Your email address is now ${email}.`,
  'email-change-undone': ({ email }: Told) => `Your account has ${email} again. Now set a new password.`,
  'device-ended': () => 'That device is logged out.',
  'devices-ended': () => 'All other devices are logged out.',
  'account-deletion-scheduled': () => 'Your account is closed.',
  'account-deleted': () => 'Your account is gone.',
  'account-restored': () => 'Your account is open again. Log in to go on.',
  'send-again': () =>
    'Nothing has been done yet: this page was open for too long, or you logged in or out in another tab. Check what you typed, and send it again.',
  'cookies-off': () =>
    'Nothing has been done yet: your browser did not send this site’s cookie. Allow cookies for this site, then check what you typed, and send it again.',
} as const

/** Stands below such a notice, where a form was sent and came to nothing. */
export const lost = {
  'not-arrived': 'What you just sent did not arrive. Send it again afterwards.',
  'not-saved': 'Nothing of what you just sent was saved. Send it again afterwards.',
} as const
