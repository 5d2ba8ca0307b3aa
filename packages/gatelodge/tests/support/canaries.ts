// Looks for what must not be seen, in all the ways in which it may have been written down.

/** Something and its name: `{ 'the password': 'violet tram lamp' }`. */
export type Canaries = Record<string, string>

export interface Place {
  name: string
  content: Buffer | string
}

/** @returns a line for each find: `the password, as hex, in a log line`. */
export function find(canaries: Canaries, places: Place[]): string[] {
  const wanted = Object.entries(canaries).flatMap(([name, value]) =>
    Object.entries(spellings(value)).flatMap(([spelling, forms]) =>
      [...new Set(forms)].map((form) => ({ name: `${name}, as ${spelling}`, form })),
    ),
  )
  return places.flatMap((place) => {
    const content = Buffer.from(place.content)
    return wanted.filter(({ form }) => content.includes(form)).map(({ name }) => `${name}, in ${place.name}`)
  })
}

export function spellings(value: string): Record<string, (string | Buffer)[]> {
  const bytes = Buffer.from(value)
  // What is text in a cookie may be bytes elsewhere.
  const decoded = /^[\w-]{32,}$/.test(value) ? Buffer.from(value, 'base64url') : undefined
  const urlEncoded = encodeURIComponent(value)
  return {
    ...(decoded && { bytes: [decoded, decoded.toString('hex')] }),
    itself: [value],
    JSON: [JSON.stringify(value).slice(1, -1)],
    HTML: [value.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`), withNamedEntities(value)],
    'part of a URL': [
      urlEncoded,
      urlEncoded.replaceAll('%20', '+'),
      new URLSearchParams({ '': value }).toString().slice(1),
    ],
    hex: [bytes.toString('hex'), bytes.toString('hex').toUpperCase()],
    base64: [0, 1, 2].flatMap((shift) => [inBase64(bytes, shift, 'base64'), inBase64(bytes, shift, 'base64url')]),
  }
}

function withNamedEntities(value: string): string {
  const entities: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' }
  return value.replace(/[&<>"']/g, (character) => entities[character] ?? character)
}

/** As it stands in a longer base64 text, behind `shift` other bytes: only the characters that it alone decides. */
function inBase64(bytes: Buffer, shift: number, encoding: 'base64' | 'base64url'): string {
  const length = shift + bytes.length
  const text = Buffer.concat([Buffer.alloc(shift), bytes])
    .toString(encoding)
    .replaceAll('=', '')
  return text.slice(Math.ceil((shift * 4) / 3), length % 3 === 0 ? undefined : -1)
}
