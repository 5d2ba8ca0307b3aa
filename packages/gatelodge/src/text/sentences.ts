// Sentences of ours that take words, as text with the words' names in braces.

export type Sentence = (...words: unknown[]) => string

/** The names in braces, without them. */
export function bracedIn(template: string): string[] {
  return (template.match(/\{\w+\}/g) ?? []).map((braced) => braced.slice(1, -1))
}

/** A template in place of a sentence of ours. Where a word that it shows is empty, ours knows what to say without. */
export function sentence(template: string, ours: Sentence): Sentence {
  const { names, isOne } = namesOf(ours)
  return (...given) => {
    const values = isOne
      ? (given[0] as Record<string, unknown>)
      : Object.fromEntries(names.map((name, at) => [name, given[at]]))
    const isWhole = bracedIn(template).every((name) => String(values[name] ?? '') !== '')
    return isWhole ? template.replace(/\{(\w+)\}/g, (_, name: string) => String(values[name])) : ours(...given)
  }
}

/** As they stand in our source; the sentences of `en/` are arrow functions without anything that this would misread. */
export function namesOf(ours: Sentence): { names: string[]; isOne: boolean } {
  const source = ours.toString()
  const head = source.slice(source.indexOf('(') + 1, source.indexOf('=>')).replace(/=\s*(['"]).*?\1/g, '')
  return { names: head.match(/[a-z]\w*/gi) ?? [], isOne: head.trimStart().startsWith('{') }
}

/** A sentence of ours as a template. */
export function templateOf(ours: Sentence): string {
  const { names, isOne } = namesOf(ours)
  const braced = names.map((name) => `{${name}}`)
  return isOne ? ours(Object.fromEntries(names.map((name, at) => [name, braced[at]]))) : ours(...braced)
}
