// The words of an email on their way: no line is cut by an encoding, so that the link in it can be read as it stands.
// Quoted-printable would break each line of more than 76 characters with a "=", also in the middle of a link.

/** RFC 5322, 2.1.1: lines should have 78 characters at most, and must have no more than 998. */
const widest = 76

/** ASCII goes out as it is. Everything else goes out in base64, which readers decode before they look for links. */
export function plainPart(text: string) {
  const lines = text.split('\n').flatMap(wrapped)
  const isAscii = /^[\x20-\x7e\n]*$/.test(text)
  if (!isAscii) return { content: lines.join('\n'), contentTransferEncoding: 'base64' }
  // The library would choose quoted-printable wherever one line is longer, and a link is.
  const headers = ['Content-Type: text/plain; charset=utf-8', 'Content-Transfer-Encoding: 7bit']
  return { raw: [...headers, '', ...lines].join('\r\n') }
}

/** Breaks between words only. What is one word, such as a link, stays whole. */
function wrapped(line: string): string[] {
  if (line.length <= widest) return [line]
  const lines: string[] = []
  let current = ''
  for (const word of line.split(' ')) {
    if (current !== '' && current.length + 1 + word.length > widest) {
      lines.push(current)
      current = word
    } else current = current === '' ? word : `${current} ${word}`
  }
  return [...lines, current]
}
