// Changing a password, a name, an address, and the password that is asked for once more before.

export const changes = {
  changePassword: {
    title: 'Change your password',
    lead: 'You stay logged in here. Everywhere else you will be logged out.',
    button: 'Save new password',
  },
  profile: {
    title: 'Change your name',
    lead: 'This is how we greet you, here and in emails.',
    button: 'Save name',
  },
  changeEmail: {
    title: 'Change your email address',
    lead: (email: string) => `It is ${email} now, and stays so until you confirm the new one.`,
    hint: 'We will send a link there.',
    button: 'Send confirmation link',
    pendingTitle: 'Waiting for confirmation',
    pendingLead: (email: string) => `We have sent a link to ${email}. Open it in this browser.`,
    again: 'Send the link again',
    cancel: 'Cancel the change',
  },
  confirmEmail: {
    title: 'Use this email address',
    lead: 'From now on you will log in with it, and emails will go there:',
    button: 'Use this address',
    logInFirst:
      'Log in to the account that you are changing, with the address it has now. You come back here afterwards.',
    otherAccount:
      'You are logged in to another account here. Log out, then open the link once more and log in to the account that you want to change.',
  },
  undoEmailChange: {
    title: 'Put your old address back?',
    lead: 'Your account goes back to the address that our email came to, and everyone is logged out. Then you set a new password.',
    hint: 'The one that our email came to.',
    button: 'Put it back',
  },
  reauthenticate: {
    title: 'Confirm your password',
    lead: 'What comes next guards your account, so we ask for your password once more.',
    button: 'Continue',
  },
} as const
