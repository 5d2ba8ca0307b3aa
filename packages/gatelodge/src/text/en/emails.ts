// The words of every email, in English: why it comes, what the link does and for how long, and what to do if it was not you.

/** What an email may speak of. */
export interface EmailWords {
  site: string
  /** The name of anyone who reads it; empty where a stranger might have chosen it. */
  name: string
  /** Where it goes. */
  email: string
  /** Another address that it is about; empty where a stranger might have typed it. */
  otherEmail: string
  /** How long the link works, in words; empty where there is none. */
  life: string
}

export interface EmailText {
  subject: string
  why: string
  /** What the link does, as it stands on its button. */
  link?: string
  /** How long it works, and how often. */
  howLong?: string
  /** What a second link does, for anyone who has forgotten the password: it stands before the last words. */
  forgotten?: string
  /** What to do if it was not you. */
  notYou: string
  /** What the same link does, for whoever it was not. */
  reset?: string
}

const once = ({ life }: EmailWords) => `The link works once, within ${life}.`
const setNew = 'Set a new password'
const ignore = 'If that was not you, ignore this email. Nothing happens without the link.'
const secure =
  'If that was not you, someone else may know your password. Set a new one at once: that logs out everyone else.'

export const emails = {
  'verify-email': (words: EmailWords): EmailText => ({
    subject: `Confirm your address at ${words.site}`,
    why: `Someone, most likely you, registered at ${words.site} with ${words.email}. Confirm that emails reach you at this address.`,
    link: 'Confirm this address',
    howLong: once(words),
    notYou: `If that was not you, do not follow the link. To have the account for yourself instead, use “Forgot your password?” on the login page of ${words.site}.`,
  }),
  'start-account': (words: EmailWords): EmailText => ({
    subject: `Start your account at ${words.site}`,
    why: `Someone, most likely you, asked for an account at ${words.site} with ${words.email}. It starts when you confirm it.`,
    link: 'Start the account',
    howLong: once(words),
    notYou: ignore,
  }),
  'already-registered': (words: EmailWords): EmailText => ({
    subject: `You already have an account at ${words.site}`,
    why: `Someone, most likely you, wanted to register at ${words.site} with ${words.email}. You have an account with this address already, so nothing has been changed.`,
    link: 'Log in',
    forgotten: 'Set a new password, if you have forgotten yours',
    notYou: 'If that was not you, there is nothing to do.',
  }),
  'reset-password': (words: EmailWords): EmailText => ({
    subject: `Reset your password at ${words.site}`,
    why: `Someone, most likely you, asked to set a new password for the account ${words.email} at ${words.site}.`,
    link: 'Set a new password',
    howLong: `${once(words)} If you ask again, the newest email counts.`,
    notYou: 'If that was not you, ignore this email. Your password stays as it is.',
  }),
  'password-reset': (words: EmailWords): EmailText => ({
    subject: `Your password at ${words.site} was reset`,
    why: `The password of your account ${words.email} at ${words.site} was reset with a link that we sent you. All devices are logged out.`,
    notYou: `If that was not you, someone else may read your mail. Change the password of your mailbox first, then set a new one at ${words.site} with “Forgot your password?”.`,
  }),
  'password-changed': (words: EmailWords): EmailText => ({
    subject: `Your password at ${words.site} was changed`,
    why: `The password of your account ${words.email} at ${words.site} was changed. All other devices are logged out.`,
    notYou: secure,
    reset: setNew,
  }),
  'name-changed': (words: EmailWords): EmailText => ({
    subject: `Your name at ${words.site} was changed`,
    why: words.name
      ? `The name of your account ${words.email} at ${words.site} is now ${words.name}.`
      : `The name of your account ${words.email} at ${words.site} was changed.`,
    notYou: secure,
    reset: setNew,
  }),
  'confirm-email': (words: EmailWords): EmailText => ({
    subject: `Confirm your new address at ${words.site}`,
    why: `Someone, most likely you, wants to use ${words.email} for their account at ${words.site}. Until you confirm it, nothing changes.`,
    link: 'Use this address',
    howLong: once(words),
    notYou: ignore,
  }),
  'email-taken': (words: EmailWords): EmailText => ({
    subject: `You already have an account at ${words.site}`,
    why: `Someone, most likely you, wanted to use ${words.email} for another account at ${words.site}. This address has an account already, so nothing has been changed.`,
    notYou: 'If that was not you, there is nothing to do.',
  }),
  'email-change-requested': (words: EmailWords): EmailText => ({
    subject: `A new address for your account at ${words.site}`,
    why: `Someone, most likely you, asked to change the address of your account at ${words.site} from ${words.email} to ${words.otherEmail || 'another one'}. Nothing changes until the new address is confirmed.`,
    notYou: secure,
    reset: setNew,
  }),
  'email-changed': (words: EmailWords): EmailText => ({
    subject: `Your account at ${words.site} has a new address`,
    why: `The address of your account at ${words.site} was changed from ${words.email} to ${words.otherEmail || 'another one'}. Emails no longer go to ${words.email}. If that was you, there is nothing to do.`,
    ...(words.life && { link: 'That was not me', howLong: once(words) }),
    notYou: words.life
      ? `If that was not you, someone else has your account. Take it back with the link: it puts ${words.email} back and logs out everyone, and then you set a new password.`
      : `If that was not you, tell the people who run ${words.site} at once.`,
  }),
  'email-change-undone': (words: EmailWords): EmailText => ({
    subject: `The address of your account at ${words.site} was put back`,
    why: `The address of an account at ${words.site} was changed from ${words.otherEmail} to ${words.email}. With a link that was sent to ${words.otherEmail} this was undone: the account has its old address again, and everyone is logged out.`,
    notYou: `If the account is yours and you do not know who undid it, tell the people who run ${words.site}.`,
  }),
  'new-device': (words: EmailWords): EmailText => ({
    subject: `A new device at ${words.site}`,
    why: `Someone logged in to your account ${words.email} at ${words.site} on a device that was not used for it before.`,
    notYou: secure,
    reset: setNew,
  }),
  'account-deletion-scheduled': (words: EmailWords): EmailText => ({
    subject: `Your account at ${words.site} is closed`,
    why: `Someone, most likely you, asked to delete your account ${words.email} at ${words.site}. It is closed now, and in ${words.life} it will be gone, with everything that belongs to it.`,
    link: 'Keep the account',
    howLong: 'Until then this link brings it back.',
    notYou:
      'If that was not you, someone else may know your password. Bring the account back with the link, and set a new password at once.',
  }),
  'account-deleted': (words: EmailWords): EmailText => ({
    subject: `Your account at ${words.site} is gone`,
    why: `Someone, most likely you, deleted your account ${words.email} at ${words.site}, with everything that belonged to it. This is the last email about it.`,
    notYou: `If that was not you, tell the people who run ${words.site}.`,
  }),
}

export type EmailKind = keyof typeof emails

/** To an address of which nobody has said yet that it is theirs. */
const toStrangers: EmailKind[] = ['verify-email', 'start-account', 'confirm-email']

/** What stands around the words of each email. */
export const emailFrame = {
  greeting: (name: string) => (name ? `Hello ${name},` : 'Hello,'),
  linkLead: 'Or copy this address into your browser:',
  when: 'When',
  device: 'Device',
  from: 'Network address',
  foot: (kind: EmailKind, site: string, support: string | undefined) => [
    toStrangers.includes(kind)
      ? `You get this email because someone entered this address at ${site}. It is not an advertisement.`
      : `You get this email because of your account at ${site}. It is not an advertisement.`,
    support ? `Need help? Write to ${support}.` : 'It cannot be answered.',
  ],
}
