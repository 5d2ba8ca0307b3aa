// Changing a password, a name, an address, and the password that is asked for once more before.

export const changes = {
  changePassword: {
    title: 'Change your password',
    lead: 'You stay logged in on this device. All other devices were logged out.',
    button: 'Save new password',
  },
  profile: {
    title: 'Change your name',
    lead: 'We use this name on pages and in emails.',
    button: 'Save name',
  },
  changeEmail: {
    title: 'Change your email address',
    lead: (email: string) => `Your current address is ${email}. It changes when you verify the new one.`,
    hint: 'We will send a link there.',
    button: 'Send verification link',
    pendingTitle: 'Waiting for verification',
    pendingLead: (email: string) => `We sent a link to ${email}. Open it in this browser.`,
    again: 'Send the link again',
    cancel: 'Cancel the change',
  },
  confirmEmail: {
    title: 'Use this email address?',
    lead: 'You will log in with this address and receive emails there:',
    button: 'Use this address',
    logInFirst: 'Log in with your current address to continue.',
    otherAccount:
      'You are logged in to another account. Log out, open the link again, and log in to the account that you want to change.',
  },
  undoEmailChange: {
    title: 'Restore your old email address?',
    lead: 'Your account gets the address back that this email was sent to, and all devices are logged out. Then set a new password.',
    hint: 'The address that our email was sent to.',
    button: 'Restore address',
  },
  reauthenticate: {
    title: 'Confirm your password',
    lead: 'For your security, confirm your password.',
    button: 'Continue',
  },
} as const
