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
  'ended-password-reset': () => 'You were logged out here because your password was reset.',
  'ended-address-confirmed': () =>
    'You were logged out here because your email address was verified on another device.',
  'ended-address-changed': () => 'You were logged out here because your email address was changed.',
  'ended-account-deletion-scheduled': () => 'You were logged out here because the account was deleted.',
  'ended-timed-out': () => 'You were logged out because you were inactive. Log in to continue.',
  'password-changed': () => 'Your password was changed. All other devices were logged out.',
  'registration-asked': ({ email }: Told) => `We sent an email to ${email}.`,
  'verification-sent': ({ email }: Told) => `We sent an email to ${email}.`,
  'address-verified': ({ email }: Told) => `${email} is verified.`,
  'address-verified-log-in': ({ email }: Told) => `${email} is verified. Log in to continue.`,
  'reset-asked': ({ email }: Told) => `If ${email} has an account, we sent a link to it.`,
  'password-reset': () => 'Your password was reset. Log in with the new one.',
  'name-changed': ({ name }: Told) => `Your name was updated to ${name}.`,
  'email-change-sent': ({ email }: Told) => `We sent a link to ${email}.`,
  'email-change-cancelled': () => 'Your email address was not changed.',
  'email-changed': ({ email }: Told) => `Your email address was changed to ${email}.`,
  'email-change-undone': ({ email }: Told) => `Your email address ${email} was restored. Now set a new password.`,
  'device-ended': () => 'The device was logged out.',
  'devices-ended': () => 'All other devices were logged out.',
  'account-deletion-scheduled': () => 'Your account will be deleted.',
  'account-deleted': () => 'Your account was deleted.',
  'account-restored': () => 'Your account was restored. Log in to continue.',
  'send-again': () =>
    'Nothing has been done yet: you logged in or out in another tab, or this page was open for too long. Check what you typed, and send it again.',
  'other-link': () =>
    'Nothing has been done yet: you opened another link since, or you logged in or out in another tab. This page is about the link that you opened last. Check it before you send it.',
} as const

/** Stands below such a notice, where a form was sent and came to nothing. */
export const lost = {
  'not-arrived': 'What you just sent did not arrive. Send it again afterwards.',
  'not-saved': 'Nothing of what you just sent was saved. Send it again afterwards.',
} as const
