// What stands around every page and at its fields, and the few words that several pages share.

import { secondFactorLabels } from './second-factors.ts'

export const frame = {
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
    ...secondFactorLabels,
  },
  optional: (label: string) => `${label} (optional)`,
  chooseOne: 'Choose',
  yes: 'Yes',
  no: 'No',
  passwordHint: (least: number) => `At least ${least} characters. A few random words work well.`,
  rememberHint: (days: number) => `For ${days} ${days === 1 ? 'day' : 'days'} on this device.`,
  backToAccount: 'Back to your account',
  justNow: 'just now',
  unknownDevice: 'Unknown device',
  commandLine: 'Command line',
  app: (device: string) => `App (${device})`,
  device: (browser = 'A browser', system?: string) => (system ? `${browser} on ${system}` : browser),
  requestId: (id: string) => `If you contact support, quote this number: ${id}`,
  frontPage: 'Go to the front page',
} as const
