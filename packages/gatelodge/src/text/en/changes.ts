// Changing a password, a name, an address, and the password that is asked for once more before.

export const changes = {
  changePassword: {
    title: 'Change your password',
    lead: 'You stay logged in here. Everywhere else you will be logged out.',
    button: 'Save new password',
  },
  profile: {
    title: 'Change your name',
    lead: 'This is how you are greeted.',
    button: 'Save name',
  },
  changeEmail: {
    title: 'Change your email address',
    lead: (email: string) => `Now it is ${email}. It stays so until you confirm the new one.`,
    hint: 'We send a link there.',
    button: 'Send confirmation link',
    pendingTitle: 'Waiting for confirmation',
    pendingLead: (email: string) => `We have sent a link to ${email}. Open it in this browser.`,
    again: 'Send the link again',
    cancel: 'Cancel the change',
  },
  confirmEmail: {
    title: 'Use this email address',
    lead: 'From now on you log in with it, and letters go to it:',
    button: 'Use this address',
    logInFirst: 'Log in to the account that you want to change. The page comes back afterwards.',
    otherAccount:
      'You are logged in to another account here. Log out, then open the link once more and log in to the account that you want to change.',
  },
  confirmPassword: {
    title: 'Confirm your password',
    lead: 'What comes next guards your account. It is asked once in ten minutes.',
    button: 'Continue',
  },
} as const
