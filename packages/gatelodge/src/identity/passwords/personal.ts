// Passwords made of words that anyone would try first: about the person, and about the site.
import { leastOwn } from './sequences.ts'

export interface Owner {
  name: string
  email: string
}

/** The words tied to the site (ASVS V6.1.2): its name, its host, and ours. docs/security/passwords.md lists them. */
export function siteWords({ siteName, baseUrl }: { siteName: string; baseUrl: string }): Set<string> {
  return wordsOf([siteName, new URL(baseUrl).hostname, 'gatelodge'])
}

/** Name, address, its part before the @ and its domain, each whole and in its parts. */
export function ownersWords({ name, email }: Owner): Set<string> {
  return wordsOf([name, email, ...email.split('@')])
}

/**
 * Every one of the words is taken out wherever it stands, forwards or backwards, whatever the case, accents and common
 * leet spelling. Of what is left, digits, punctuation and spaces do not count. Fewer than four characters are too few.
 */
export function isPersonal(password: string, words: Iterable<string>): boolean {
  const { text, counts } = squash(password)
  const isLeft = new Array<boolean>(text.length).fill(true)
  let found = false
  for (const word of words) {
    for (let at = text.indexOf(word), end = 0; at >= 0; at = text.indexOf(word, at + 1)) {
      isLeft.fill(false, Math.max(at, end), at + word.length)
      end = at + word.length
      found = true
    }
  }
  return found && counts.filter((count, index) => count && isLeft[index]).length < leastOwn
}

/** Shorter ones stand by chance in too many good passwords. A name in Chinese or Korean has two characters. */
const shortest = (word: string) => (/^[a-z0-9]*$/.test(word) ? 3 : 2)

function wordsOf(texts: string[]): Set<string> {
  const parts = texts.flatMap((text) => [text, ...folded(text).split(/[^\p{L}]+/u)])
  const words = parts.map((part) => squash(part).text).filter((word) => word.length >= shortest(word))
  return new Set(words.flatMap((word) => [word, [...word].reverse().join('')]))
}

function folded(text: string): string {
  return text.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase()
}

const filler = /[\p{N}\p{P}\p{Z}\p{C}\p{Sc}\p{Sm}\p{Sk}]/u

/** "l" is among them, because "1" stands for both "i" and "l". */
const leet: Record<string, string> = {
  ...{ 0: 'o', 1: 'i', 3: 'e', 4: 'a', 5: 's', 7: 't', 8: 'b', 9: 'g' },
  ...{ '@': 'a', $: 's', '!': 'i', '|': 'i', '+': 't', l: 'i' },
}

/** What a text reads as, without punctuation and spaces; and for each code unit of it, whether it counts as chosen. */
function squash(text: string): { text: string; counts: boolean[] } {
  let squashed = ''
  const counts: boolean[] = []
  for (const character of folded(text)) {
    const isFiller = filler.test(character)
    const read = leet[character] ?? (isFiller && !/\p{N}/u.test(character) ? '' : character)
    squashed += read
    // A character of two code units counts once.
    for (let unit = 0; unit < read.length; unit += 1) counts.push(unit === 0 && !isFiller)
  }
  return { text: squashed, counts }
}
