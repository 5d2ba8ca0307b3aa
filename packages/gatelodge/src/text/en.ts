// Every sentence that a person can read on a page, in English. It reads aloud well, says what to do, and never blames.
// The words of letters stand beside it.
import { days, hours, type Milliseconds, minutes } from '../time.ts'

/** Whom and what a notice is about; empty where it does not matter. */
interface Told {
  name: string
  email: string
}

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
  dateLocale: 'en-GB',

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
    new_email: 'New email address',
    remember: 'Keep me logged in',
  },
  passwordHint: (least: number) => `At least ${least} characters. A few random words work well.`,
  rememberHint: (days: number) => `For ${days} ${days === 1 ? 'day' : 'days'} on this device.`,

  login: {
    title: 'Log in',
    heading: 'Welcome back',
    lead: (site: string) => `Log in to your ${site} account.`,
    button: 'Log in',
    forgot: 'Forgot your password?',
  },
  registration: {
    title: 'Create an account',
    heading: 'Create your account',
    lead: 'It takes less than a minute.',
    button: 'Create account',
    logInInstead: 'Log in with this address instead',
    sentTitle: 'Check your mail',
    sentLead: 'We have sent you a letter. Your account starts with the link in it.',
    sentHelp: (life: string) =>
      `The link works for ${life}. If nothing comes within a few minutes, look among your spam, or register again.`,
    startTitle: 'Start your account',
    startLead: 'You are one step away: confirm that this address is yours.',
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
    see: 'See',
    verified: 'Verified',
    notVerified: 'Not verified',
    verify: 'Confirm this address',
    devices: 'Devices',
    devicesLead: 'Where you are logged in',
    seeDevices: 'See your devices',
    changeName: 'Change your name',
    changeEmail: 'Change your email address',
    pending: (email: string) => `Waiting for confirmation: ${email}`,
    data: 'Your data',
    download: 'Download',
    downloadData: 'Download your data',
    dataLead: 'All that is stored about you',
    end: 'Delete this account',
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
      'login.unfinished': 'Log-in waiting for confirmation',
      'logout.succeeded': 'Logged out',
      'password.changed': 'Password changed',
      'password.change-refused': 'Change of password refused',
      'registration.requested': 'Registration asked for',
      'password.confirmed': 'Password confirmed',
      'password.confirm-refused': 'Password confirmation refused',
      'recovery.requested': 'New password asked for',
      'recovery.succeeded': 'Password reset by letter',
      'email.verified': 'Email address confirmed',
      'email.change-requested': 'Change of email address asked for',
      'email.change-cancelled': 'Change of email address cancelled',
      'email.changed': 'Email address changed',
      'name.changed': 'Name changed',
      'session.ended': 'Device logged out',
      'sessions.ended': 'Other devices logged out',
      'account.closed': 'Account deleted',
      'account.reopened': 'Account kept',
      'account.disabled': 'Account disabled',
      'account.enabled': 'Account enabled',
    },
  },
  changePassword: {
    title: 'Change your password',
    lead: 'You stay logged in here. Everywhere else you will be logged out.',
    button: 'Save new password',
  },
  backToAccount: 'Back to your account',
  verification: {
    title: 'Confirm your email address',
    waitingLead: (email: string) => `We have sent a letter to ${email}. Open the link in it.`,
    waitingHelp: 'If nothing comes within a few minutes, look among your spam.',
    gateHelp: 'You can log in once the address is confirmed.',
    sendAgain: 'Send the letter again',
    pause: (wait: string) => `You can have it sent again in ${wait}.`,
    undelivered: 'The last letter could not be delivered. Is the address right?',
    lead: 'Confirm that letters reach you at this address:',
    passwordLead:
      'This browser is not logged in. Type the password of the account, so that nobody else can use the link.',
    notMine: 'I do not know this password',
    button: 'Confirm this address',
    doneTitle: 'This address is confirmed',
    doneLead: 'There is nothing left to do.',
    otherAddress: 'Use another address',
  },
  deadLink: {
    title: 'This link does not work any more',
    lead: 'It was used already, it was replaced by a newer one, its time is over, or it did not arrive whole.',
    verify: 'Log in and have a new one sent from your account.',
    start: 'Register again, and a new letter comes.',
    email: 'Log in, and ask for the change again.',
    undo: 'If somebody else has your account, whoever runs this site can help.',
    restore: 'If your account is closed still, whoever runs this site can help.',
  },
  noLetters: {
    title: 'This site sends no letters',
    lead: (site: string) => `${site} is not set up to send letters, so this cannot be done here.`,
    ask: 'Ask the people who run it for help.',
    account: 'This site sends no letters, so addresses are not confirmed.',
  },
  mailbox: {
    hint: 'No letter leaves this machine while you develop:',
    open: 'open the mailbox',
    title: 'Mailbox',
    lead: 'The letters that would have been sent, the newest first. Only in development.',
    empty: 'No letter has been written yet.',
    to: 'To',
    back: 'All letters',
    asText: 'As text',
    asHtml: 'As HTML',
    headers: 'Headers',
    frame: 'The letter as a mail program shows it',
  },
  forgot: {
    title: 'Forgot your password?',
    lead: 'We send you a link that sets a new one.',
    button: 'Send reset link',
    sentLead: 'No letter? Look among your spam, wait a few minutes, then send it again or try another address.',
    back: 'Back to log-in',
    askAgain: 'Ask for a new link below.',
  },
  reset: {
    title: 'Set a new password',
    lead: (email: string) => `For the account ${email}. Everywhere you will be logged out.`,
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
  undoEmailChange: {
    title: 'Put your old address back?',
    lead: 'Your account goes back to the address that our letter came to, and everybody is logged out. Then you set a new password.',
    hint: 'The one that our letter came to.',
    button: 'Put it back',
  },
  confirmPassword: {
    title: 'Confirm your password',
    lead: 'What comes next guards your account. It is asked once in ten minutes.',
    button: 'Continue',
  },
  devices: {
    title: 'Your devices',
    lead: 'Everywhere that you are logged in. End what you do not know, then change your password.',
    here: 'This device',
    alone: 'You are logged in only here.',
    unknownPlace: 'address unknown',
    since: 'Since',
    lastUsed: 'Last used',
    end: 'Log out',
    endThis: (device: string) => `Log out ${device}`,
    endOthers: 'Log out all other devices',
  },
  goodbye: {
    title: 'Delete your account',
    lead: 'This is what happens when you do:',
    losses: ['You are logged out everywhere, at once.', 'Nobody can log in to the account any more.'],
    delay: (days: string) =>
      `After ${days} your name, your addresses and all else that is stored about you are removed. Until then you can come back with a link that we send you.`,
    delayWithoutLetter: (days: string) =>
      `After ${days} your name, your addresses and all else that is stored about you are removed.`,
    atOnce: 'Your name, your addresses and all else that is stored about you are removed. There is no way back.',
    exportFirst: 'Download your data first',
    button: 'Delete my account',
    keep: 'Keep my account',
    doneTitle: 'Goodbye',
    doneLead: 'Your account is closed, and you are logged out everywhere.',
    doneHelp: (days: string) => `We have sent you a letter with a way back. It works for ${days}.`,
    goneLead: 'Your account is gone.',
    restoreTitle: 'Keep your account?',
    restoreLead: (email: string) => `The account ${email} is closed. You can have it back as it was.`,
    restoreButton: 'Keep my account',
  },

  notices: {
    welcome: ({ name }: Told) => `Welcome, ${name}. Your account is ready.`,
    'logged-out': () => 'You are logged out.',
    'log-in-first': () => 'Log in to see that page.',
    'ended-elsewhere': () => 'You were logged out here from another device.',
    'ended-password-changed': () => 'You were logged out here because your password was changed on another device.',
    'ended-password-reset': () => 'You were logged out here because your password was set anew.',
    'ended-address-confirmed': () => 'You were logged out here because your email address was confirmed elsewhere.',
    'ended-address-changed': () => 'You were logged out here because your email address was changed.',
    'ended-account-closed': () => 'You were logged out here because the account was deleted.',
    'ended-timed-out': () => 'You were logged out because you had not been here for a while. Log in to go on.',
    'password-changed': () => 'Your password is changed. Other devices are logged out.',
    'registration-asked': ({ email }: Told) => `A letter is on its way to ${email}.`,
    'verification-sent': ({ email }: Told) => `A letter is on its way to ${email}.`,
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
    'account-reopened': () => 'Your account is yours again. Log in to go on.',
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
      other: 'Enter the address that our letter came to',
      credentials: 'Email or password is not right. Check them and try again.',
      'not-text': 'Enter your email address',
    },
    password: {
      empty: 'Enter your password',
      'too-short': 'Password must be at least {least} characters',
      'too-long': 'Password must be 256 characters or fewer',
      wrong: 'Password is not right. Check it and try again.',
      'held-back': 'There were too many tries. Wait {wait}, then try again. Nothing has been changed.',
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
    new_email: {
      empty: 'Enter your new email address',
      form: 'Enter an email address like name@example.org',
      typo: 'Did you mean {meant}? If not, send the form as it is.',
      same: 'This is your email address already',
      'held-back': 'There were too many letters. Wait {wait}, then try again.',
      'not-text': 'Enter your new email address',
    },
    letter: { 'held-back': 'A letter has left already. You can have it sent again in {wait}.' },
    session: { 'not-text': 'Choose a device from the list' },
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
    'confirm-password-first': 'Confirm the password first, at /confirm-password',
    unverified: 'The email address must be confirmed first',
    'dead-link': 'The link was used, replaced, expired or is not whole',
    'no-letters': 'This site sends no letters',
    'address-taken': 'An account with this email address exists already',
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

/** `24 hours`, `14 days`, `1 hour` */
export function spellLife(life: Milliseconds): string {
  const units = [
    ['day', days(1)],
    ['hour', hours(1)],
    ['minute', minutes(1)],
  ] as const
  // A day or two are told in hours: "works for 1 day" leaves open which.
  const fits = ([unit, length]: (typeof units)[number]) =>
    life % length === 0 && life >= (unit === 'day' ? 3 : 1) * length
  const [unit, length] = units.find(fits) ?? ['minute', minutes(1)]
  return counted(Math.max(1, Math.round(life / length)), unit)
}

/** `2 minutes and 5 seconds` */
export function waitText(seconds: number): string {
  const parts = [counted(Math.floor(seconds / 60), 'minute'), counted(seconds % 60, 'second')]
  return parts.filter(Boolean).join(' and ')
}

function counted(count: number, unit: string): string {
  return count === 0 ? '' : `${count} ${unit}${count === 1 ? '' : 's'}`
}
