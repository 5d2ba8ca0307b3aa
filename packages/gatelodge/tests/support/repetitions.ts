// Whether a notice says what its page says anyhow.

const fillers = new Set(
  'a an the this that it is are was were be been to of in on at for from with by and or if your you our we us can will'.split(
    ' ',
  ),
)

const wordsOf = (text: string) =>
  new Set((text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? []).filter((word) => !fillers.has(word)))

/** Of one word, nothing can be said. */
const isWithin = (part: Set<string>, whole: Set<string>) => part.size > 1 && [...part].every((word) => whole.has(word))

const sentencesOf = (text: string) => text.split(/(?<=[.:?])\s+/)

/**
 * @param notice as it stands on the page.
 * @param texts the heading first, then every other sentence that the page says. A row of data is a state and no sentence.
 * @returns what is there twice: a sentence of the notice whose words all stand in one of the texts, or a heading whose words
 *   all stand in the notice.
 */
export function repetitions(notice: string, [heading = '', ...texts]: string[]): string[] {
  const twice = sentencesOf(notice).flatMap((sentence) =>
    [heading, ...texts.flatMap(sentencesOf)]
      .filter((text) => isWithin(wordsOf(sentence), wordsOf(text)))
      .map((text) => `“${sentence}” stands in “${text}”`),
  )
  return isWithin(wordsOf(heading), wordsOf(notice)) ? [...twice, `“${heading}” stands in “${notice}”`] : twice
}
