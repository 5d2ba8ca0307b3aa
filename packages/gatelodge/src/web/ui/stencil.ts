// Markup that differs from one person to the next in a few words only is rendered once for each site, with marks in their
// place; afterwards the words are put in.
import { html, raw } from 'hono/html'
import type { Child } from 'hono/jsx'
import type { Markup } from '../http/markup.ts'
import type { Site } from '../site/site.ts'

/** What stands between the words, and which word stands where. */
export interface Cut {
  /** One more than names. */
  parts: string[]
  names: string[]
}

/** Characters for private use: no markup of ours has them. */
const start = '\ue000'
const end = '\ue001'

/** @param render is called with marks in place of the words: it must only show them. */
export function cutAtWords<Word extends string>(
  names: readonly Word[],
  render: (words: Record<Word, string>) => Markup,
): Cut {
  const marks = Object.fromEntries(names.map((name) => [name, start + name + end])) as Record<Word, string>
  // Text and names of words by turns.
  const all = String(render(marks)).split(/[\ue000\ue001]/)
  return {
    parts: all.filter((_, index) => index % 2 === 0),
    names: all.filter((_, index) => index % 2 === 1),
  }
}

/** @returns a function that puts the words in: text is escaped, markup is taken as it is. */
export function stencil<const Word extends string>(
  names: readonly Word[],
  render: (site: Site, words: Record<Word, string>) => Markup,
) {
  const cuts = new WeakMap<Site, Cut>()
  return (site: Site, words: Record<Word, Child>): Markup => {
    const cut = cuts.get(site) ?? cutAtWords(names, (marks) => render(site, marks))
    cuts.set(site, cut)
    let markup = cut.parts[0] ?? ''
    cut.names.forEach((name, index) => {
      markup += written(words[name as Word]) + cut.parts[index + 1]
    })
    return raw(markup)
  }
}

/** As it stands in markup. */
export function written(word: Child): string {
  const isWritten = typeof word === 'string' ? !/[&<>'"]/.test(word) : word instanceof String && 'isEscaped' in word
  return String(isWritten ? word : html`${word}`)
}
