// Passwords that go on by themselves: "12345678", "qwertyuiop", "aaaaaaaa", "abcabcabc", "87654321".

/** The fewest characters of a password that must come from the person who chose it, and not from a row, a repetition or a word about them. */
export const leastOwn = 4

/** Rows and columns of keyboards, beside the order of alphabet and digits, which every script has. */
const rows = [
  ...['qwertyuiop', 'asdfghjkl', 'zxcvbnm', '7890', '!@#$%^&*()', 'qwertzuiop', 'yxcvbnm', 'azertyuiop', 'qsdfghjklm'],
  ...['1qaz', '2wsx', '3edc', '4rfv', '5tgb', '6yhn', '7ujm', '8ik,', '9ol.', '0p;/', 'йцукенгшщзхъ', 'фывапролджэ'],
]

const neighbours = new Set(rows.flatMap((row) => [...row].slice(1).map((next, index) => row[index] + next)))

/** A run of three or more counts as one character, and a password that repeats itself as what it repeats. */
export function isSequence(password: string): boolean {
  const characters = [...password.normalize('NFC').toLowerCase()]
  const unit = characters.slice(0, period(characters))
  let own = 0
  for (let start = 0; start < unit.length && own < leastOwn; own += 1) {
    const length = runFrom(unit, start)
    start += length >= 3 ? length : 1
  }
  return own < leastOwn
}

/** After how many characters the text begins again; its length, where it does not. (Knuth, Morris and Pratt: linear.) */
function period(text: string[]): number {
  const borders = [0]
  for (let index = 1; index < text.length; index += 1) {
    let border = borders[index - 1] ?? 0
    while (border > 0 && text[index] !== text[border]) border = borders[border - 1] ?? 0
    borders.push(text[index] === text[border] ? border + 1 : 0)
  }
  const shortest = text.length - (borders.at(-1) ?? 0)
  return 2 * shortest <= text.length ? shortest : text.length
}

/** How many characters from there on take the same step again and again. */
function runFrom(text: string[], start: number): number {
  const first = step(text[start], text[start + 1])
  if (first === undefined) return 1
  let end = start + 1
  while (step(text[end], text[end + 1]) === first) end += 1
  return end - start + 1
}

function step(from: string | undefined, to: string | undefined): 'same' | 'on' | 'back' | undefined {
  if (from === undefined || to === undefined) return undefined
  const distance = (to.codePointAt(0) ?? 0) - (from.codePointAt(0) ?? 0)
  if (distance === 0) return 'same'
  if (distance === 1 || neighbours.has(from + to)) return 'on'
  return distance === -1 || neighbours.has(to + from) ? 'back' : undefined
}
