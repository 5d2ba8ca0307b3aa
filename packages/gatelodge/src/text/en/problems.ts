// What is not right at a field, and what to do about it.
import { waitText } from './durations.ts'
import { refusals } from './refusals.ts'

/** Why a password would be guessed, and what to do instead. */
const guessable = {
  sequence: 'This password is a simple pattern, easy to guess. Choose another: a few random words work well.',
  personal:
    'This password is easy to guess from your name, your address or this site’s name. Choose another: a few random words work well.',
  common: 'This password is too common and easy to guess. Choose another: a few random words work well.',
  breached:
    'This password appeared in a data breach, so it is easy to guess. Choose another: a few random words work well.',
}

/** By field, then by code. The same words stand in the summary, at the field and in JSON. */
export const problems: Record<string, Record<string, string>> = {
  name: {
    empty: 'Enter your name',
    'rate-limited': 'Too many accounts were created from your network. Try again in {wait}.',
    'too-long': 'Your name must be 100 characters or fewer',
    'control-characters': 'Your name must be on one line, without hidden characters',
    'not-text': 'Enter your name',
  },
  email: {
    empty: 'Enter your email address',
    form: 'Enter an email address like name@example.org',
    typo: 'Did you mean {meant}? If not, enter your password again and continue.',
    taken: 'An account with this email address already exists',
    reserved:
      'This address was used by another account a few days ago and is reserved for it. Use another address, or try again in a few days.',
    'rate-limited': 'Too many attempts. Try again in {wait}, or log in on a device that you used before.',
    other: 'Enter the address that our email was sent to',
    credentials: 'Email or password is not right. Check them and try again.',
    'not-text': 'Enter your email address',
  },
  password: {
    empty: 'Enter your password',
    'too-short': 'Password must be at least {least} characters',
    'too-long': 'Password must be 256 characters or fewer',
    wrong: 'Password is not right. Check it and try again.',
    'rate-limited': 'Too many attempts. Try again in {wait}. Nothing was changed.',
    'not-text': 'Password must be made of whole characters',
    ...guessable,
  },
  current_password: {
    empty: 'Enter your current password',
    wrong: 'Current password is not right. Check it and try again.',
    'rate-limited': 'Too many attempts. Try again in {wait}. Nothing was changed.',
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
    same: 'This is already your email address',
    'rate-limited': 'An email was sent recently. You can send another in {wait}.',
    'not-text': 'Enter your new email address',
  },
  verification_email: { 'rate-limited': 'An email was sent recently. You can send another in {wait}.' },
  session: { 'not-text': 'Choose one of those that are offered' },
  token: { empty: 'The token of the link is missing', 'not-text': 'The token of the link must be a text' },
  id: { empty: 'Name a device from the list', 'not-text': 'Name a device from the list' },
  kept_email: { 'not-text': 'Enter your email address' },
  remember: { 'not-text': 'Tick the box or leave it' },
  return_to: { 'not-text': 'The page to return to must be a path' },
}

/** For fields of the site's own. */
const customFieldProblems: Record<string, string> = {
  empty: 'Fill in “{label}”',
  'too-long': 'Shorten what you entered for “{label}”',
  'control-characters': '“{label}” must be on one line, without hidden characters',
  'no-choice': 'Choose an answer for “{label}”',
  unticked: 'Tick “{label}” to go on',
  'not-text': 'Fill in “{label}”',
}

interface ProblemToTell {
  field: string
  code: string
  /** The app's text overrides. */
  message?: string
  meant?: string
  seconds?: number
}

interface Around {
  /** For "at least N characters". */
  least?: number | undefined
  /** Of a field of the site's own. */
  label?: string | undefined
}

/** The words for a problem at a field. */
export function problemText(
  { field, code, message, meant = '', seconds = 0 }: ProblemToTell,
  { least = 0, label }: Around = {},
): string {
  if (message) return message
  const words = (label === undefined ? problems[field] : customFieldProblems)?.[code] ?? refusals.fields
  return words
    .replace('{label}', () => label ?? '')
    .replace('{least}', String(least))
    .replace('{meant}', () => meant)
    .replace('{wait}', waitText(seconds))
}
