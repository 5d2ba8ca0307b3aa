// A page that differs from one person to the next in a few words only is rendered and compressed once; afterwards the
// words are put in.
import { html } from 'hono/html'
import { linksWithin } from '../site/base-path.ts'
import type { Site } from '../site/site.ts'
import { deflatePiece, gzipOf, type Piece } from './gzip-pieces.ts'
import type { Markup } from './markup.ts'

/** The whole page, for those who take gzip and for those who do not. */
export interface Filled {
  plain(): string
  gzip(): Uint8Array<ArrayBuffer>
}

/** Characters for private use: no page of ours has them. */
const start = '\ue000'
const end = '\ue001'

/**
 * @param render is called once for each site, with marks in place of the words.
 * @returns a function that puts the words in: text is escaped, markup is taken as it is.
 */
export function pageTemplate<const Word extends string>(
  names: Word[],
  render: (site: Site, words: Record<Word, string>) => Markup,
) {
  const cuts = new WeakMap<Site, Cut>()
  const marks = Object.fromEntries(names.map((name) => [name, start + name + end])) as Record<Word, string>
  return (site: Site, words: Record<Word, string | Markup>): Filled => {
    const cut = cuts.get(site) ?? cutUp(linksWithin(site.basePath, String(render(site, marks))))
    cuts.set(site, cut)
    const texts = cut.names.map((name) => linksWithin(site.basePath, String(html`${words[name as Word]}`)))
    return {
      plain: () => cut.pieces.map(({ plain }, index) => plain + (texts[index] ?? '')).join(''),
      gzip: () =>
        gzipOf(
          cut.pieces,
          texts.map((text) => Buffer.from(text)),
        ),
    }
  }
}

interface Cut {
  pieces: Piece[]
  /** Which word follows each piece but the last. */
  names: string[]
}

function cutUp(page: string): Cut {
  // Text and names of words by turns.
  const parts = page.split(/[\ue000\ue001]/)
  const pieces = parts.filter((_, index) => index % 2 === 0).map(deflatePiece)
  const names = parts.filter((_, index) => index % 2 === 1)
  return { pieces, names }
}
