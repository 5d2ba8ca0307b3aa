// Logging in and out, registering, and the way back in for anyone who forgot a password.

export const waysIn = {
  login: {
    title: 'Log in',
    heading: 'Log in',
    lead: (site: string) => `Use your ${site} account.`,
    button: 'Log in',
    busy: 'Logging in…',
    forgot: 'Forgot your password?',
  },
  continueLogin: {
    title: 'Continue your log-in',
    lead: (email: string) => `Nothing is missing any more. Continue as ${email}.`,
    button: 'Continue',
    cancel: 'Cancel',
  },
  registration: {
    title: 'Create an account',
    heading: 'Create your account',
    lead: 'It takes less than a minute.',
    button: 'Create account',
    logInInstead: 'Log in with this address instead',
    sentTitle: 'Check your email',
    sentLead: 'Open the link in the email to finish creating your account.',
    sentHelp: (life: string) =>
      `The link works once and expires in ${life}. Not there after a few minutes? Check your spam folder, or create the account again.`,
    startTitle: 'Finish creating your account',
    startLead: 'Create your account with this address:',
    startPasswordLead: 'You started in another browser. For your security, enter the password that you chose there.',
    startButton: 'Create account',
    closedTitle: 'Registration is closed',
    closedLead: (site: string) => `${site} does not accept new registrations. If you have an account, you can log in.`,
  },
  logout: {
    title: 'Log out',
    heading: 'Log out?',
    lead: 'You can log in again at any time.',
    stay: 'Go back',
  },
  forgot: {
    title: 'Forgot your password?',
    lead: 'We will email you a link to set a new one.',
    button: 'Send reset link',
    sentLead: (life: string) =>
      `The link works once and expires in ${life}. Not there after a few minutes? Check your spam folder, send it again, or try another address.`,
    back: 'Back to login',
    askAgain: 'Request a new link below.',
  },
  reset: {
    title: 'Set a new password',
    lead: (email: string) => `For the account ${email}. All devices are logged out.`,
    button: 'Save new password',
  },
} as const
