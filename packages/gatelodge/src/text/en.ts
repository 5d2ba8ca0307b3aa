// Every sentence that a person can read, in English. It reads aloud well, says what to do, and never blames.

/** Why a password would be guessed, and what to do instead. */
const guessable = {
  sequence: 'This password is a simple pattern, easy to guess. Choose another: a few random words work well.',
  personal:
    'This password is easy to guess from your name, your address or this site’s name. Choose another: a few random words work well.',
  common: 'This password is on lists that guessers try first. Choose another: a few random words work well.',
  breached:
    'This password was in a data breach somewhere, so guessers know it. Choose another: a few random words work well.',
}

export const text = {
  language: 'en',
  direction: 'ltr',

  skipLink: 'Skip to the main content',
  needHelp: 'Need help?',
  errorTitle: (title: string) => `Error: ${title}`,
  errorMark: 'Error:',
  problemHeading: 'There is a problem',
  logIn: 'Log in',
  logOut: 'Log out',
  register: 'Register',
  doors: 'Log in or register',
  showPassword: 'Show',
  hidePassword: 'Hide',
  passwordVisible: 'Your password is visible',
  passwordHidden: 'Your password is hidden',

  labels: {
    name: 'Your name',
    email: 'Email address',
    password: 'Password',
    current_password: 'Current password',
    new_password: 'New password',
    remember: 'Keep me logged in',
  },
  passwordHint: (least: number) => `At least ${least} characters. A few random words work well.`,
  rememberHint: (days: number) => `For ${days} ${days === 1 ? 'day' : 'days'} on this device.`,

  login: {
    title: 'Log in',
    heading: 'Welcome back',
    lead: (site: string) => `Log in to your ${site} account.`,
    button: 'Log in',
  },
  registration: {
    title: 'Create an account',
    heading: 'Create your account',
    lead: 'It takes less than a minute.',
    button: 'Create account',
    logInInstead: 'Log in with this address instead',
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
  account: {
    title: 'Your account',
    greeting: (name: string) => `Hello, ${name}`,
    lead: 'This is your account. Only you can see this page.',
    name: 'Name',
    email: 'Email address',
    password: 'Password',
    passwordChanged: 'Changed',
    passwordNeverChanged: 'Set when you registered',
    member: 'Registered',
    change: 'Change',
    changePassword: 'Change your password',
  },
  activity: {
    title: 'Recent activity',
    lead: 'Is something here not yours? Change your password.',
    events: {
      'registration.succeeded': 'Registered',
      'registration.refused': 'Registration refused',
      'login.succeeded': 'Logged in',
      'login.failed': 'Log-in refused',
      'logout.succeeded': 'Logged out',
      'password.changed': 'Password changed',
      'password.change-refused': 'Change of password refused',
      'account.disabled': 'Account disabled',
      'account.enabled': 'Account enabled',
    },
  },
  changePassword: {
    title: 'Change your password',
    lead: 'You stay logged in here. Everywhere else you will be logged out.',
    button: 'Save new password',
    back: 'Back to your account',
  },

  notices: {
    welcome: (name: string) => `Welcome, ${name}. Your account is ready.`,
    'logged-out': () => 'You are logged out.',
    'log-in-first': () => 'Log in to see that page.',
    'password-changed': () => 'Your password is changed. Other devices are logged out.',
    'send-again': () =>
      'Nothing has been done yet: this page was open too long, or your browser keeps no cookies for this site. Check it and send it again.',
  },

  /** By field, then by code. The same words stand in the summary, at the field and in JSON. */
  problems: {
    name: {
      empty: 'Enter your name',
      'held-back':
        'Many accounts were made from your network. Wait {wait}, then send this again, or use another connection.',
      'too-long': 'Your name must be 100 characters or fewer',
      'control-characters': 'Your name must be on one line, without hidden characters',
      'not-text': 'Enter your name',
    },
    email: {
      empty: 'Enter your email address',
      form: 'Enter an email address like name@example.org',
      typo: 'Did you mean {meant}? If not, enter your password once more and send the form as it is.',
      taken: 'An account with this email address exists already',
      'held-back':
        'There were too many tries. Wait {wait}, then try again, or log in on a device where you have logged in before.',
      credentials: 'Email or password is not right. Check them and try again.',
      'not-text': 'Enter your email address',
    },
    password: {
      empty: 'Enter your password',
      'too-short': 'Password must be at least {least} characters',
      'too-long': 'Password must be 256 characters or fewer',
      'not-text': 'Password must be made of whole characters',
      ...guessable,
    },
    current_password: {
      empty: 'Enter your current password',
      wrong: 'Current password is not right. Check it and try again.',
      'held-back': 'There were too many tries. Wait {wait}, then try again. Nothing has been changed.',
      'not-text': 'Enter your current password',
    },
    new_password: {
      empty: 'Enter a new password',
      'too-short': 'New password must be at least {least} characters',
      'too-long': 'New password must be 256 characters or fewer',
      same: 'New password must differ from the current one',
      'not-text': 'New password must be made of whole characters',
      ...guessable,
    },
    remember: { 'not-text': 'Tick the box or leave it' },
    return_to: { 'not-text': 'The page to return to must be a path' },
  } as Record<string, Record<string, string>>,

  /** Titles of problem+json, by code. */
  refusals: {
    fields: 'Some fields need another look',
    credentials: 'Email or password is not right',
    'held-back': 'Too many tries; wait as long as Retry-After says',
    'registration-closed': 'Registration is closed',
    'log-in-first': 'Log in first',
    'logged-in': 'You are logged in already',
    'not-same-site': 'The request did not come from this site',
    unreadable: 'The request body could not be read',
    'not-embedded': 'This address is for pages and programs, not for parts of a page',
    'not-found': 'There is nothing at this address',
    'method-not-allowed': 'This address does not take that method',
    'too-large': 'The request body is too large',
    'unknown-type': 'The request body must be a form or JSON',
    failed: 'Something went wrong on our side',
    unavailable: 'The database is away; try again in a moment',
    busy: 'Many people are logging in; try again in a moment',
  },

  failures: {
    unreadable: [
      'The form did not arrive whole',
      'Nothing has been done. Go back, check what you typed and send it again.',
    ],
    'not-same-site': [
      'You cannot send this from here',
      'The request did not come from this site’s own pages, so nothing has been done. Open the page here and send it again.',
    ],
    'not-embedded': ['This page cannot be part of another', 'Open it in a window of its own.'],
    'not-found': ['Page not found', 'Check the address for a typo, or start at the front page.'],
    'method-not-allowed': ['This page cannot be used like that', 'Open it from a link or in the address bar.'],
    'too-large': [
      'That was too much to send',
      'Nothing has been done. Go back, shorten what you typed and send it again.',
    ],
    'unknown-type': [
      'This form cannot be read',
      'Nothing has been done. Open the page in a browser and send it from there.',
    ],
    failed: ['There is a problem on our side', 'Nothing you typed was wrong. Try again in a moment.'],
    unavailable: [
      'We will be back in a moment',
      'The site cannot reach its database right now. Nothing is lost: try again shortly.',
    ],
    busy: ['Many people are logging in right now', 'Nothing is lost. Wait a few seconds and try again.'],
  },
  justNow: 'just now',
  unknownDevice: 'A device that does not say what it is',
  commandLine: 'The command line of the server',
  device: (browser = 'A browser', system?: string) => (system ? `${browser} on ${system}` : browser),
  requestId: (id: string) => `If you ask for help, quote this number: ${id}`,
  frontPage: 'Go to the front page',
} as const

/** The words for a problem at a field. */
export function problemText(
  { field, code, meant = '', seconds = 0 }: { field: string; code: string; meant?: string; seconds?: number },
  least = 0,
): string {
  const words = text.problems[field]?.[code] ?? text.refusals.fields
  return words
    .replace('{least}', String(least))
    .replace('{meant}', () => meant)
    .replace('{wait}', waitText(seconds))
}

/** `2 minutes and 5 seconds` */
function waitText(seconds: number): string {
  const parts = [counted(Math.floor(seconds / 60), 'minute'), counted(seconds % 60, 'second')]
  return parts.filter(Boolean).join(' and ')
}

function counted(count: number, unit: string): string {
  return count === 0 ? '' : `${count} ${unit}${count === 1 ? '' : 's'}`
}
