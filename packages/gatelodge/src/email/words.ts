// What an email says, from the catalogue: why it comes, what the link does and for how long, and what to do if it was not you.
import type { Messages } from '../text/messages.ts'
import { say, type Text } from '../text/text.ts'

export type EmailKind = keyof Messages['emails']

/** What an email may speak of. */
export interface EmailArguments {
  site: string
  /** The recipient's name; empty where a stranger might have chosen it. */
  name: string
  /** Where it goes. */
  email: string
  /** Another address that it is about; empty where a stranger might have typed it. */
  otherEmail: string
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

export function emailWords(text: Text, kind: EmailKind, given: EmailArguments): EmailWords {
  const parts: { readonly [Key in Part]?: string | ((values: never) => string) } = text.emails[kind]
  const part = (name: Part) => {
    const message = parts[name]
    return message === undefined ? undefined : say(message, { ...given })
  }
  const hasLink = given.life !== '' || parts.howLong === undefined
  return {
    subject: part('subject') ?? '',
    why:
      (given.name === '' ? part('whyWithoutName') : undefined) ??
      (given.otherEmail === '' ? part('whyWithoutOtherEmail') : undefined) ??
      part('why') ??
      '',
    link: hasLink ? part('link') : undefined,
    howLong: hasLink ? part('howLong') : undefined,
    forgotten: part('forgotten'),
    notYou: (hasLink ? undefined : part('notYouWithoutLink')) ?? part('notYou') ?? '',
    reset: part('reset'),
  }
}

/** To an address of which nobody has said yet that it is theirs. */
const toStrangers: EmailKind[] = ['verify-email', 'start-account', 'confirm-email']

/** The two last lines: why it came to this address, and where to ask. */
export function emailFoot({ emailFrame }: Text, kind: EmailKind, site: { name: string; support: string | undefined }) {
  const why = toStrangers.includes(kind) ? emailFrame.toStranger : emailFrame.toAccount
  const { support } = site
  return [why({ site: site.name }), support ? emailFrame.support({ support }) : emailFrame.notMonitored]
}
