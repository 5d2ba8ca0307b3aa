// A person's name, as they want to be called: any script, any form, nothing that breaks a line or hides.

const nameLength = { least: 1, most: 100 }

export type NameRefusal = 'empty' | 'too-long' | 'control-characters'

/** @returns the name, outer spaces off, NFC; or why not. Lengths count code points. */
export function parseName(text: string): { name: string } | { refusal: NameRefusal } {
  // Normalising long text takes seconds: nothing that long is a name.
  if (text.length > 10 * nameLength.most) return { refusal: 'too-long' }
  const name = text.trim().normalize('NFC')
  if (name.length === 0) return { refusal: 'empty' }
  // Controls, line separators, lone surrogates, and marks that reverse the direction of what follows.
  if (/[\p{Cc}\p{Cs}\u2028\u2029\u202a-\u202e\u2066-\u2069]/u.test(name)) return { refusal: 'control-characters' }
  // An invisible name could not be greeted.
  if (!/[^\p{Cf}\p{Z}\p{Mn}\u3164\u115f\u1160\uffa0]/u.test(name)) return { refusal: 'empty' }
  if ([...name].length > nameLength.most) return { refusal: 'too-long' }
  return { name }
}

/** What stands before the @: what to call somebody of whom only the address is known. */
export function nameFrom(email: string): string {
  const parsed = parseName(email.slice(0, email.lastIndexOf('@')).slice(0, nameLength.most))
  return 'name' in parsed ? parsed.name : email.slice(0, nameLength.most)
}
