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
  /** What the same link does for a person who did not ask for it. */
  reset?: string
}

const once = ({ life }: EmailWords) => `The link works once and expires in ${life}.`
const setNew = 'Set a new password'
const ignore = 'If this was not you, ignore this email. Nothing changes unless the link is opened.'
const secure =
  'If this was not you, someone else may know your password. Reset it now: that logs out all other devices.'

export const emails = {
  'verify-email': (words: EmailWords): EmailText => ({
    subject: `Verify your email address for ${words.site}`,
    why: `We received a registration at ${words.site} with ${words.email}. Verify that this address is yours.`,
    link: 'Verify email address',
    howLong: once(words),
    notYou: `If this was not you, do not open the link. To take over the account instead, use “Forgot your password?” on the login page of ${words.site}.`,
  }),
  'start-account': (words: EmailWords): EmailText => ({
    subject: `Finish creating your account at ${words.site}`,
    why: `We received a request to create an account at ${words.site} with ${words.email}. Open the link to finish.`,
    link: 'Create account',
    howLong: once(words),
    notYou: ignore,
  }),
  'already-registered': (words: EmailWords): EmailText => ({
    subject: `You already have an account at ${words.site}`,
    why: `We received a request to create an account at ${words.site} with ${words.email}. You already have an account with this address, so nothing was changed.`,
    link: 'Log in',
    forgotten: 'Forgot your password? Set a new one',
    notYou: 'If this was not you, you do not need to do anything.',
  }),
  'reset-password': (words: EmailWords): EmailText => ({
    subject: `Reset your password at ${words.site}`,
    why: `We received a request to reset the password of the account ${words.email} at ${words.site}.`,
    link: 'Set a new password',
    howLong: `${once(words)} If you request another link, only the newest one works.`,
    notYou: 'If this was not you, ignore this email. Your password stays the same.',
  }),
  'password-reset': (words: EmailWords): EmailText => ({
    subject: `Your password at ${words.site} was reset`,
    why: `The password of your account ${words.email} at ${words.site} was reset by email. All devices were logged out.`,
    notYou: `If this was not you, someone else may have access to your email. Change the password of your email account first, then reset the one for ${words.site} with “Forgot your password?”.`,
  }),
  'password-changed': (words: EmailWords): EmailText => ({
    subject: `Your password at ${words.site} was changed`,
    why: `The password of your account ${words.email} at ${words.site} was changed. All other devices were logged out.`,
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
    subject: `Verify your new email address for ${words.site}`,
    why: `We received a request to use ${words.email} for an account at ${words.site}. Nothing changes until you open the link.`,
    link: 'Use this address',
    howLong: once(words),
    notYou: ignore,
  }),
  'email-taken': (words: EmailWords): EmailText => ({
    subject: `You already have an account at ${words.site}`,
    why: `We received a request to use ${words.email} for another account at ${words.site}. You already have an account with this address, so nothing was changed.`,
    notYou: 'If this was not you, you do not need to do anything.',
  }),
  'email-change-requested': (words: EmailWords): EmailText => ({
    subject: `Request to change your email address at ${words.site}`,
    why: `We received a request to change the email address of your account at ${words.site} from ${words.email} to ${words.otherEmail || 'another one'}. Nothing changes until the new address is verified.`,
    notYou: secure,
    reset: setNew,
  }),
  'email-changed': (words: EmailWords): EmailText => ({
    subject: `Your email address at ${words.site} was changed`,
    why: `The email address of your account at ${words.site} was changed from ${words.email} to ${words.otherEmail || 'another one'}. We no longer send emails to ${words.email}. If this was you, you do not need to do anything.`,
    ...(words.life && { link: 'This was not me', howLong: once(words) }),
    notYou: words.life
      ? `If this was not you, someone else has access to your account. Use the link to restore ${words.email} and log out all devices. Then set a new password.`
      : `If this was not you, contact ${words.site} immediately.`,
  }),
  'email-change-undone': (words: EmailWords): EmailText => ({
    subject: `Your old email address at ${words.site} was restored`,
    why: `The address of an account at ${words.site} was changed from ${words.otherEmail} to ${words.email}. This change was undone with a link sent to ${words.otherEmail}. The account has its old address again, and all devices were logged out.`,
    notYou: `If this is your account and you did not do this, contact ${words.site}.`,
  }),
  'new-device': (words: EmailWords): EmailText => ({
    subject: `New login to your ${words.site} account`,
    why: `Your account ${words.email} at ${words.site} was logged in to from a new device.`,
    notYou: secure,
    reset: setNew,
  }),
  'account-deletion-scheduled': (words: EmailWords): EmailText => ({
    subject: `Your account at ${words.site} will be deleted`,
    why: `We received a request to delete your account ${words.email} at ${words.site}. Nobody can log in to it now. It will be deleted with all its data in ${words.life}.`,
    link: 'Restore account',
    howLong: 'Until then you can restore it with this link.',
    notYou:
      'If this was not you, someone else may know your password. Restore the account with the link and reset your password now.',
  }),
  'account-deleted': (words: EmailWords): EmailText => ({
    subject: `Your account at ${words.site} was deleted`,
    why: `Your account ${words.email} at ${words.site} was deleted with all its data. This is the last email about it.`,
    notYou: `If this was not you, contact ${words.site}.`,
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
  from: 'IP address',
  foot: (kind: EmailKind, site: string, support: string | undefined) => [
    toStrangers.includes(kind)
      ? `You received this email because this address was entered at ${site}.`
      : `You received this email because you have an account at ${site}.`,
    support ? `Need help? Email ${support}.` : 'This inbox is not monitored.',
  ],
}
