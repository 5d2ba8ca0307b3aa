// A person's name, as they want to be called: any script, any form, nothing that breaks a line or hides.

const nameLength = { least: 1, most: 100 }

export type NameRefusal = 'empty' | 'too-long' | 'control-characters'

/** @returns the name, outer spaces off, NFC; or why not. Lengths count code points. */
export function parseName(text: string): { name: string } | { refusal: NameRefusal } {
  const judged = judgeLine(text, nameLength.most)
  return 'refusal' in judged ? judged : { name: judged.line }
}

/** Controls, line separators, lone surrogates, and marks that reverse the direction of what follows. */
const disturbing = /[\p{Cc}\p{Cs}\u2028\u2029\u202a-\u202e\u2066-\u2069]/u
/** What is invisible could not be greeted, or read. */
const visible = /[^\p{Cf}\p{Z}\p{Mn}\u3164\u115f\u1160\uffa0]/u

/** One line of text that people see: `empty` too where nothing of it would be seen. */
export function judgeLine(text: string, most: number): { line: string } | { refusal: NameRefusal } {
  // Normalising long text takes seconds: nothing that long is meant.
  if (text.length > 10 * most) return { refusal: 'too-long' }
  const line = text.trim().normalize('NFC')
  if (line.length === 0) return { refusal: 'empty' }
  if (disturbing.test(line)) return { refusal: 'control-characters' }
  if (!visible.test(line)) return { refusal: 'empty' }
  return [...line].length > most ? { refusal: 'too-long' } : { line }
}

/** One line of what was typed in passing: what would disturb it becomes a space. @returns '' where nothing would be seen. */
export function plainLine(text: string, most: number): string {
  const line = [...text.slice(0, 10 * most)]
    .map((character) => (disturbing.test(character) ? ' ' : character))
    .join('')
    .trim()
    .slice(0, most)
    .toWellFormed()
  return visible.test(line) ? line : ''
}

/** What stands before the @: what to call someone of whom only the address is known. */
export function nameFrom(email: string): string {
  const parsed = parseName(email.slice(0, email.lastIndexOf('@')).slice(0, nameLength.most))
  return 'name' in parsed ? parsed.name : email.slice(0, nameLength.most)
}
