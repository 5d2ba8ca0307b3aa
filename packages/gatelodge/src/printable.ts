// Text of others as a terminal shows it and does not obey it.

/** A terminal obeys control characters and marks that turn the direction, and anyone may have sent them. */
export function printable(text: string): string {
  return text.replace(
    /[\p{Cc}\u2028\u2029\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/gu,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  )
}
