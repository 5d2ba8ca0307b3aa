// Codes of an app, recovery codes and trusted devices: pages, messages, emails and what programs can ask for.

/** What its emails speak of. */
export interface Words {
  site: string
  email: string
}

const inApp = 'your authenticator app'

export const secondFactors = {
  twoFactor: {
    title: 'Enter your code',
    lead: `Open ${inApp} and enter the code that it shows for this site.`,
    hint: 'Six digits. Spaces do not matter.',
    button: 'Log in',
    trustHint: (days: number) => `Do not ask for a code on this device for ${days} days. Only on a device of your own.`,
    useRecoveryCode: 'Use a recovery code',
    useApp: `Use ${inApp}`,
    help: 'If you have lost the app and all recovery codes, contact this site.',
    recoveryTitle: 'Enter a recovery code',
    recoveryLead: 'Enter one of the recovery codes that you saved. Each code works once.',
    recoveryHint: '16 letters and digits, with or without dashes.',
  },
  twoFactorSettings: {
    title: 'Two-factor authentication',
    lead: `Log in with your password and a code of ${inApp}. If someone learns your password, they still cannot log in.`,
    demanded: 'This site requires a second factor for every account. Set it up to finish logging in.',
    scan: '1. Scan this code with your app',
    qr: 'QR code for your authenticator app. The key below holds the same.',
    orOpen: 'On this device: open the app',
    orType: 'Or type this key into the app',
    enter: '2. Enter the code that the app shows',
    button: 'Turn on',
    finish: 'Turn on and log in',
    notVerified: 'Verify your email address first. Then you can set up two-factor authentication.',
    off: 'Two-factor authentication is turned off on this site.',
    on: 'Two-factor authentication is on.',
    app: 'Authenticator app',
    since: 'Added',
    lastUsed: 'Last used',
    neverUsed: 'Not used yet',
    codes: 'Recovery codes',
    codesLeft: (left: number, all: number) => `${left} of ${all} left`,
    seeCodes: 'Manage your recovery codes',
    removeTitle: 'Turn off',
    removeLead:
      'Removes the app, the recovery codes and all trusted devices. To use another phone, turn off and set up again.',
    remove: 'Turn off two-factor authentication',
  },
  recoveryCodes: {
    title: 'Recovery codes',
    lead: 'If you lose your phone, log in with one of these codes. Each code works once.',
    once: 'Save these codes now: they are shown only this once.',
    download: 'Download',
    copy: 'Copy',
    copied: 'The codes were copied',
    saved: 'I have saved my codes',
    left: (left: number, all: number) => `You have ${left} of ${all} recovery codes left.`,
    few: 'You have only a few recovery codes left. Make new ones.',
    renewLead: 'New codes replace the old ones, which stop working.',
    renew: 'Make new recovery codes',
    fileName: 'recovery-codes.txt',
    fileTitle: (site: string) => `Recovery codes for ${site}`,
  },
  trustedDevices: {
    title: 'Trusted devices',
    lead: 'These devices are not asked for a code at login.',
    since: 'Trusted',
    until: 'until',
    remove: 'Remove',
    removeThis: (device: string) => `Stop trusting ${device}`,
    removeAll: 'Remove all trusted devices',
  },
  reauthenticateByCode: {
    lead: `Enter a code of ${inApp} to go on.`,
    recoveryLead: 'Enter one of your recovery codes to go on. Each code works once.',
  },
} as const

export const secondFactorLabels = {
  code: 'Code',
  recovery_code: 'Recovery code',
  trust: 'Trust this device',
} as const

/** The row of the account page. */
export const secondFactorRow = {
  twoFactor: 'Two-factor authentication',
  twoFactorOn: 'On',
  twoFactorOff: 'Off',
  setUpTwoFactor: 'Set up',
  manageTwoFactor: 'Manage two-factor authentication',
} as const

export const secondFactorNotices = {
  'two-factor-added': () =>
    'Two-factor authentication is on. All other devices were logged out. Save your recovery codes.',
  'two-factor-removed': () => 'Two-factor authentication is off.',
  'recovery-codes-renewed': () => 'You have new recovery codes. The old ones no longer work.',
  'trusted-device-removed': () => 'The device is no longer trusted.',
  'second-factor-first': () => 'That page requires two-factor authentication.',
  'too-many-codes': () => 'Too many wrong codes. Log in again.',
  'ended-factor-changed': () =>
    'You were logged out here because two-factor authentication was changed on another device.',
} as const

export const secondFactorProblems = {
  code: {
    empty: 'Enter the code of your app',
    'too-short': 'The code has six digits: some are missing',
    'too-long': 'The code has six digits: these are too many',
    'not-digits': 'The code of the app has digits only. A recovery code has its own page.',
    'full-width': 'Enter the code with the digits 0 to 9. Your keyboard is set to other digits.',
    wrong: 'The code is not right. Enter the one that the app shows now.',
    used: 'This code was used already. Wait for the next one.',
    clock:
      'The code is not right for this moment. Check that the clock of your phone is set automatically, then enter the newest code.',
    'rate-limited':
      'Too many wrong codes. Try again in {wait}, use a recovery code, or log in on a device that you used before.',
    'not-text': 'Enter the code of your app',
  },
  recovery_code: {
    empty: 'Enter a recovery code',
    'too-short': 'A recovery code has 16 characters: some are missing',
    'too-long': 'A recovery code has 16 characters: these are too many',
    'not-digits': 'A recovery code has the letters A to Z and the digits 2 to 7 only',
    wrong: 'The recovery code is not right, or was used already',
    used: 'This recovery code was used already. Enter another one.',
    'not-text': 'Enter a recovery code',
  },
  setup: {
    empty: 'The setup that the code is for is missing',
    'not-text': 'The setup that the code is for must be a text',
  },
  trust: { 'not-text': 'Tick the box or leave it' },
  trusted: { 'not-text': 'Name a device from the list' },
} as const

export const secondFactorRefusals = {
  'second-factor-required': 'A second factor is required',
  'second-factor-enrolment-required': 'A second factor must be set up first',
  'second-factor-off': 'Second factors are turned off on this site',
  'second-factor-exists': 'The account has a second factor already',
  'second-factor-missing': 'The account has no second factor',
} as const

export const secondFactorEvents = {
  'two-factor.added': 'Two-factor authentication turned on',
  'two-factor.removed': 'Two-factor authentication turned off',
  'two-factor.reset': 'Two-factor authentication reset by the site',
  'two-factor.failed': 'Wrong code',
  'two-factor.locked': 'Too many wrong codes',
  'recovery-code.used': 'Recovery code used',
  'recovery-codes.few': 'Few recovery codes left',
  'recovery-codes.renewed': 'New recovery codes made',
  'trusted-device.removed': 'Trusted device removed',
} as const

const secure =
  'If this was not you, someone else may know your password. Reset it now: that logs out all other devices.'
const setNew = 'Set a new password'

export const secondFactorEmails = {
  'two-factor-added': (words: Words) => ({
    subject: `Two-factor authentication was turned on at ${words.site}`,
    why: `Two-factor authentication was turned on for your account ${words.email} at ${words.site}. All other devices were logged out.`,
    notYou: `If this was not you, someone else has access to your account. Contact ${words.site}.`,
  }),
  'two-factor-removed': (words: Words) => ({
    subject: `Two-factor authentication was turned off at ${words.site}`,
    why: `Two-factor authentication was turned off for your account ${words.email} at ${words.site}. Its recovery codes and trusted devices were removed.`,
    notYou: secure,
    reset: setNew,
  }),
  'two-factor-reset': (words: Words) => ({
    subject: `Two-factor authentication was reset at ${words.site}`,
    why: `${words.site} has turned off two-factor authentication for your account ${words.email}. All devices were logged out.`,
    notYou: `If this was not you, contact ${words.site} and reset your password.`,
    reset: setNew,
  }),
  'two-factor-locked': (words: Words) => ({
    subject: `Too many wrong codes at ${words.site}`,
    why: `Someone who knows the password of your account ${words.email} at ${words.site} has entered many wrong codes of your authenticator app. For a while, codes are accepted only on devices that you used before. Recovery codes still work.`,
    notYou: secure,
    reset: setNew,
  }),
  'recovery-code-used': (words: Words) => ({
    subject: `A recovery code was used at ${words.site}`,
    why: `A recovery code of your account ${words.email} at ${words.site} was used. It no longer works.`,
    notYou: secure,
    reset: setNew,
  }),
  'recovery-codes-few': (words: Words) => ({
    subject: `You have few recovery codes left at ${words.site}`,
    why: `A recovery code of your account ${words.email} at ${words.site} was used. Three or fewer are left: make new ones on the page of your account.`,
    notYou: secure,
    reset: setNew,
  }),
  'recovery-codes-renewed': (words: Words) => ({
    subject: `New recovery codes at ${words.site}`,
    why: `New recovery codes were made for your account ${words.email} at ${words.site}. The old ones no longer work.`,
    notYou: secure,
    reset: setNew,
  }),
}

/** A heading, and what it does. */
export const secondFactorOperations = {
  answerSecondFactor: [
    'Answer with a second factor',
    'For a log-in that needs one: a code of the app, or a recovery code. Five wrong ones end the log-in.',
  ],
  getSecondFactors: ['See the second factors', 'Whether there is an app, and how many recovery codes are left.'],
  startTwoFactor: [
    'Begin to set up an app',
    'A new key, as text and as an otpauth link. Nothing is stored before a right code confirms it. With a login_token where the log-in demands it.',
  ],
  confirmTwoFactor: [
    'Set up an app',
    'Takes the first code. All other sessions end; this one goes on under a new token. The answer has the recovery codes, only this once.',
  ],
  removeTwoFactor: ['Remove the second factor', 'With its recovery codes and trusted devices.'],
  renewRecoveryCodes: [
    'Make new recovery codes',
    'The old ones stop working. The answer has the new ones, only this once.',
  ],
  reauthenticateByCode: [
    'Confirm by a second factor',
    'Where the account has one, this is asked before what guards the account. The session goes on under a new token.',
  ],
  endTrustedDevice: ['Stop trusting a device', 'At its next login it is asked for a code.'],
} as const
