// The words of emails, each sentence by itself, so that a site may put its own in place of one.
import { type EmailKind, type EmailText, type EmailWords, emails } from './en/emails.ts'
import type { Sentence } from './sentences.ts'

export type EmailOverrides = {
  readonly [Kind in EmailKind]?: {
    readonly [Part in keyof EmailText]?: string | ((words: EmailWords) => string)
  }
}

const ours = { ...emails } as Record<string, (words: EmailWords) => EmailText>
/** Some parts stand only where there is something to tell. */
const everything: EmailWords = { site: '-', name: '-', email: '-', otherEmail: '-', life: '-' }

/** By kind, then by part. */
export const emailSentences: Record<string, Record<string, Sentence>> = Object.fromEntries(
  Object.entries(ours).map(([kind, whole]) => [
    kind,
    Object.fromEntries(Object.keys(whole(everything)).map((part) => [part, partOf(whole, part as keyof EmailText)])),
  ]),
)

function partOf(whole: (words: EmailWords) => EmailText, part: keyof EmailText): Sentence {
  const sentence = ({ site, name, email, otherEmail, life }: EmailWords) =>
    whole({ site, name, email, otherEmail, life })[part] ?? ''
  return sentence as Sentence
}

/** Emails are written with what stands in `emailSentences` from now on. */
export function writeEmailsOfSentences(): void {
  for (const [kind, whole] of Object.entries(ours)) {
    // The parts that ours has for these words: no link where there is none to give.
    const written = (words: EmailWords) =>
      Object.fromEntries(Object.keys(whole(words)).map((part) => [part, emailSentences[kind]?.[part]?.(words)]))
    ;(emails as unknown as Record<string, typeof written>)[kind] = written
  }
}
