// The words of every letter, in English: why it comes, what the link does and for how long, and what to do if it was not you.

/** What a letter may speak of. */
export interface LetterWords {
  site: string
  /** The name of whoever reads it; empty where a stranger might have chosen it. */
  name: string
  /** The address that the account has. */
  email: string
  /** Another address that it is about. */
  otherEmail: string
  /** How long the link works, in words; empty where there is none. */
  life: string
}

export interface LetterText {
  subject: string
  why: string
  /** What the link does, as it stands on its button. */
  link?: string
  /** How long it works, and how often. */
  howLong?: string
  /** What a second link does: the page for a forgotten password. */
  reset?: string
  /** What to do if it was not you. */
  notYou: string
}

const once = ({ life }: LetterWords) => `The link works for ${life}, and once.`
const setNew = 'Set a new password'
const ignore = 'If that was not you, ignore this letter. Nothing happens without the link.'
const secure =
  'If that was not you, somebody else may know your password. Set a new one at once: that logs out everybody else.'

export const letters = {
  'verify-email': (words: LetterWords): LetterText => ({
    subject: `Confirm your ${words.site} address`,
    why: `Somebody, most likely you, registered at ${words.site} with ${words.email}. Confirm that letters reach you at this address.`,
    link: 'Confirm this address',
    howLong: once(words),
    notYou: `If that was not you, do not follow the link. To have the account for yourself instead, use “Forgot your password?” on the login page of ${words.site}.`,
  }),
  'start-account': (words: LetterWords): LetterText => ({
    subject: `Start your ${words.site} account`,
    why: `Somebody, most likely you, asked for an account at ${words.site} with ${words.email}. It starts when you confirm it.`,
    link: 'Start the account',
    howLong: once(words),
    notYou: ignore,
  }),
  'already-registered': (words: LetterWords): LetterText => ({
    subject: `You already have a ${words.site} account`,
    why: `Somebody, most likely you, wanted to register at ${words.site} with ${words.email}. You have an account with this address already, so nothing has been changed.`,
    link: 'Log in',
    reset: 'Set a new password, if you have forgotten yours',
    notYou: 'If that was not you, there is nothing to do.',
  }),
  'reset-password': (words: LetterWords): LetterText => ({
    subject: `Reset your ${words.site} password`,
    why: `Somebody, most likely you, asked to set a new password for the ${words.site} account ${words.email}.`,
    link: 'Set a new password',
    howLong: `${once(words)} If you ask again, the newest letter counts.`,
    notYou: 'If that was not you, ignore this letter. Your password stays as it is.',
  }),
  'password-reset': (words: LetterWords): LetterText => ({
    subject: `Your ${words.site} password was reset`,
    why: `The password of your ${words.site} account ${words.email} was reset with a link that we sent you. All devices are logged out.`,
    notYou: `If that was not you, somebody else may read your mail. Change the password of your mailbox first, then set a new one at ${words.site} with “Forgot your password?”.`,
  }),
  'password-changed': (words: LetterWords): LetterText => ({
    subject: `Your ${words.site} password was changed`,
    why: `The password of your ${words.site} account ${words.email} was changed. All other devices are logged out.`,
    notYou: secure,
    reset: setNew,
  }),
  'name-changed': (words: LetterWords): LetterText => ({
    subject: `Your name at ${words.site} was changed`,
    why: words.name
      ? `The name of your ${words.site} account ${words.email} is now ${words.name}.`
      : `The name of your ${words.site} account ${words.email} was changed.`,
    notYou: secure,
    reset: setNew,
  }),
  'confirm-email': (words: LetterWords): LetterText => ({
    subject: `Confirm your new ${words.site} address`,
    why: `Somebody, most likely you, wants to use ${words.otherEmail} for their ${words.site} account. Until you confirm it, nothing changes.`,
    link: 'Use this address',
    howLong: once(words),
    notYou: ignore,
  }),
  'email-taken': (words: LetterWords): LetterText => ({
    subject: `You already have a ${words.site} account`,
    why: `Somebody, most likely you, wanted to use ${words.otherEmail} for another ${words.site} account. This address has an account already, so nothing has been changed.`,
    notYou: 'If that was not you, there is nothing to do.',
  }),
  'email-change-requested': (words: LetterWords): LetterText => ({
    subject: `A new address for your ${words.site} account`,
    why: `Somebody, most likely you, asked to change the address of your ${words.site} account from ${words.email} to ${words.otherEmail}. Nothing changes until the new address is confirmed.`,
    notYou: secure,
    reset: setNew,
  }),
  'email-changed': (words: LetterWords): LetterText => ({
    subject: `Your ${words.site} account has a new address`,
    why: `The address of your ${words.site} account was changed from ${words.email} to ${words.otherEmail}. Letters no longer go to ${words.email}. If that was you, there is nothing to do.`,
    ...(words.life && { link: 'That was not me', howLong: once(words) }),
    notYou: words.life
      ? `If that was not you, somebody else has your account. Take it back with the link: it puts ${words.email} back and logs out everybody, and then you set a new password.`
      : `If that was not you, write to whoever runs ${words.site} at once, from this address.`,
  }),
  'email-change-undone': (words: LetterWords): LetterText => ({
    subject: `The address of your ${words.site} account was put back`,
    why: `The address of a ${words.site} account was changed from ${words.otherEmail} to ${words.email}. With a link that was sent to ${words.otherEmail} this was undone: the account has its old address again, and everybody is logged out.`,
    notYou: `If the account is yours and you do not know who undid it, write to whoever runs ${words.site}.`,
  }),
  'new-device': (words: LetterWords): LetterText => ({
    subject: `A new device at ${words.site}`,
    why: `Somebody logged in to your ${words.site} account ${words.email} on a device that was not used for it before.`,
    notYou: secure,
    reset: setNew,
  }),
  'account-closed': (words: LetterWords): LetterText => ({
    subject: `Your ${words.site} account is closed`,
    why: `You asked to delete your ${words.site} account ${words.email}. It is closed now, and in ${words.life} it will be gone, with everything that belongs to it.`,
    link: 'Keep the account',
    howLong: 'Until then this link brings it back.',
    notYou: 'If that was not you, come back with the link and set a new password at once: somebody else knows yours.',
  }),
  'account-gone': (words: LetterWords): LetterText => ({
    subject: `Your ${words.site} account is gone`,
    why: `As you asked, your ${words.site} account ${words.email} is deleted, with everything that belonged to it. This is the last letter about it.`,
    notYou: `If that was not you, write to whoever runs ${words.site}.`,
  }),
}

export type LetterKind = keyof typeof letters

/** What stands around the words of each letter. */
export const letterFrame = {
  greeting: (name: string) => (name ? `Hello ${name},` : 'Hello,'),
  linkLead: 'Or copy this address into your browser:',
  when: 'When',
  device: 'Device',
  from: 'Network address',
  account: 'Account',
  foot: (site: string) =>
    `You get this letter because of your account at ${site}. It is not an advertisement, and it cannot be answered.`,
  help: (address: string) => `Need help? Write to ${address}.`,
  footWithHelp: (site: string) => `You get this letter because of your account at ${site}. It is not an advertisement.`,
}
