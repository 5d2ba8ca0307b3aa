// Logging in and out, registering, and the way back in for anyone who forgot a password.

export const waysIn = {
  login: {
    title: 'Log in',
    heading: 'Welcome back',
    lead: (site: string) => `Log in to your account at ${site}.`,
    button: 'Log in',
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
    sentTitle: 'Check your mail',
    sentLead: 'Your account starts with the link in it.',
    sentHelp: (life: string) =>
      `The link works once, within ${life}. If nothing comes within a few minutes, look in your spam folder, or register again.`,
    startTitle: 'Start your account',
    startLead: 'You are one step away: confirm that this address is yours.',
    startPasswordLead:
      'You registered in another browser. Enter the password that you chose there, so that nobody else can use the link.',
    startButton: 'Start my account',
    closedTitle: 'Registration is closed',
    closedLead: (site: string) =>
      `${site} does not take new registrations at the moment. If you have an account, you can log in as always.`,
  },
  logout: {
    title: 'Log out',
    heading: 'Log out?',
    lead: 'You can log in again whenever you like.',
    stay: 'Go back',
  },
  forgot: {
    title: 'Forgot your password?',
    lead: 'We send you a link to set a new one.',
    button: 'Send reset link',
    sentLead: (life: string) =>
      `The link works once, within ${life}. No email after a few minutes? Look in your spam folder, send it again, or try another address.`,
    back: 'Back to log-in',
    askAgain: 'Ask for a new link below.',
  },
  reset: {
    title: 'Set a new password',
    lead: (email: string) => `For the account ${email}. You will be logged out everywhere.`,
    button: 'Save new password',
  },
} as const
