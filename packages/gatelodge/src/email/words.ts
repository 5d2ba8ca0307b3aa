// What an email says, from the catalogue: why it comes, what the link does and for how long, and what to do if it was not you.
import { say, type Text } from '../text/text.ts'
import type { EmailKind, EmailTemplate } from './template.ts'

/** What an email may speak of. */
export interface EmailArguments {
  site: string
  /** The recipient's name; empty where a stranger might have chosen it. */
  name: string
  /** Where it goes. */
  email: string
  /** Another address that it is about; empty where a stranger might have typed it. */
  otherEmail: string
  /** Another provider that it is about; empty where it is about none. */
  provider: string
  /** How long the link works, in words; empty where there is none. */
  life: string
}

export interface EmailWords {
  subject: string
  why: string
  /** What the link does, as it stands on its button. */
  link: string | undefined
  /** How long it works, and how often. */
  howLong: string | undefined
  /** What a second link does, for anyone who has forgotten the password: it stands before the last words. */
  forgotten: string | undefined
  /** What to do if it was not you. */
  notYou: string
  /** What the same link does, for a person who did not ask for it. */
  reset: string | undefined
}

type Part = keyof EmailWords | 'whyWithoutName' | 'whyWithoutOtherEmail' | 'notYouWithoutLink'

/** @param given in the words of the site; `life` is empty where the link is left out. */
export function emailWords(text: Text, kind: EmailKind, template: EmailTemplate, given: EmailArguments): EmailWords {
  const parts: { readonly [Key in Part]?: string | ((values: never) => string) } = text.emails[kind]
  const part = (name: Part) => {
    const message = parts[name]
    return message === undefined ? undefined : say(message, { ...given })
  }
  // A notice of a change that cannot be undone has no link, and says so.
  const hasLink = template.link !== undefined && (given.life !== '' || parts.howLong === undefined)
  return {
    subject: part('subject') ?? '',
    why:
      (given.name === '' ? part('whyWithoutName') : undefined) ??
      (given.otherEmail === '' ? part('whyWithoutOtherEmail') : undefined) ??
      part('why') ??
      '',
    link: hasLink ? part('link') : undefined,
    howLong: hasLink ? part('howLong') : undefined,
    forgotten: template.newPassword === 'link' ? part('forgotten') : undefined,
    notYou: (hasLink ? undefined : part('notYouWithoutLink')) ?? part('notYou') ?? '',
    reset: template.newPassword === 'button' ? part('reset') : undefined,
  }
}
