// A page that differs from one person to the next in a few words only is rendered once; afterwards the words are put in.
import { html } from 'hono/html'
import type { Markup } from './answer.ts'
import type { Site } from './site.ts'

/** Characters for private use: no page of ours has them, and no name may (they stand between the pieces only). */
const start = '\ue000'
const end = '\ue001'

/**
 * @param render is called once for each site, with marks in place of the words.
 * @returns a function that gives the whole page; words are escaped, markup is taken as it is.
 */
export function stencil<const Word extends string>(
  names: Word[],
  render: (site: Site, words: Record<Word, string>) => Markup,
) {
  const cut = new WeakMap<Site, string[]>()
  const marks = Object.fromEntries(names.map((name) => [name, start + name + end])) as Record<Word, string>
  return (site: Site, words: Record<Word, string | Markup>): string => {
    let pieces = cut.get(site)
    if (!pieces) {
      // Text and names of words by turns.
      pieces = String(render(site, marks)).split(/[\ue000\ue001]/)
      cut.set(site, pieces)
    }
    return pieces.map((piece, index) => (index % 2 === 0 ? piece : String(html`${words[piece as Word]}`))).join('')
  }
}
