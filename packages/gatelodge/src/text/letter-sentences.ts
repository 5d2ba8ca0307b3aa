// The words of letters, each sentence by itself, so that a site may put its own in place of one.
import { type LetterKind, type LetterText, type LetterWords, letters } from './en/letters.ts'
import type { Sentence } from './sentences.ts'

export type OwnLetters = {
  readonly [Kind in LetterKind]?: {
    readonly [Part in keyof LetterText]?: string | ((words: LetterWords) => string)
  }
}

const ours = { ...letters } as Record<string, (words: LetterWords) => LetterText>
/** Some parts stand only where there is something to tell. */
const everything: LetterWords = { site: '-', name: '-', email: '-', otherEmail: '-', life: '-' }

/** By kind, then by part. */
export const letterSentences: Record<string, Record<string, Sentence>> = Object.fromEntries(
  Object.entries(ours).map(([kind, whole]) => [
    kind,
    Object.fromEntries(Object.keys(whole(everything)).map((part) => [part, partOf(whole, part as keyof LetterText)])),
  ]),
)

function partOf(whole: (words: LetterWords) => LetterText, part: keyof LetterText): Sentence {
  const sentence = ({ site, name, email, otherEmail, life }: LetterWords) =>
    whole({ site, name, email, otherEmail, life })[part] ?? ''
  return sentence as Sentence
}

/** Letters are written with what stands in `letterSentences` from now on. */
export function writeLettersOfSentences(): void {
  for (const [kind, whole] of Object.entries(ours)) {
    // The parts that ours has for these words: no link where there is none to give.
    const written = (words: LetterWords) =>
      Object.fromEntries(Object.keys(whole(words)).map((part) => [part, letterSentences[kind]?.[part]?.(words)]))
    ;(letters as unknown as Record<string, typeof written>)[kind] = written
  }
}
