// What lists of accounts are sorted by, and where a search begins.

/** Characters of a column. */
const longest = 100

/** In small letters, with wide and narrow spellings alike: "Ada", "ADA" and "Ａda" are one name to anyone who searches. */
export function sortedName(name: string): string {
  return [...name.normalize('NFKC').toLowerCase()].slice(0, longest).join('')
}
