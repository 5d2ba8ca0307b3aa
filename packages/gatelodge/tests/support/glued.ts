// Words that only a style sheet keeps apart: a text browser shows them as one word, a screen reader may say them as one, and so
// they are copied.

/** No button: a text browser puts brackets around it. */
const inline = 'a|span|time|small|b|bdi|strong|code'
/** A blank may stand at the end of the first, as behind a dot. */
const glued = new RegExp(
  `[^\\s>](?:</(?:${inline})>)+<(?:${inline})(?=[ >])(?:[^>]*>)(?:<(?:${inline})[^>]*>)*[^\\s<]`,
  'g',
)

/** @param html of a page. @returns each pair, with what stands around it. */
export function gluedWords(html: string): string[] {
  const body = html.replace(/^.*<body[^>]*>/s, '').replace(/<(script|style|svg|pre)\b.*?<\/\1>/gs, '')
  return [...body.matchAll(glued)].map(({ index, 0: found }) =>
    body.slice(Math.max(0, index - 30), index + found.length + 20),
  )
}
