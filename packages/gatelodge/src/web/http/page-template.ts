// A page that differs from one person to the next in a few words only is rendered and compressed once; afterwards the
// words are put in.
import type { Child } from 'hono/jsx'
import { linksWithin } from '../site/base-path.ts'
import type { Site } from '../site/site.ts'
import { cutAtWords, written } from '../ui/stencil.ts'
import { deflatePiece, gzipOf, type Piece, plainOf } from './gzip-pieces.ts'
import type { Markup } from './markup.ts'

/** The whole page, for those who take gzip and for those who do not. */
export interface Filled {
  plain(): string
  gzip(): Uint8Array<ArrayBuffer>
}

interface Cut {
  pieces: Piece[]
  /** Which word follows each piece but the last. */
  names: string[]
}

/**
 * @param render is called once for each site, with marks in place of the words.
 * @returns a function that puts the words in: text is escaped, markup is taken as it is.
 */
export function pageTemplate<const Word extends string>(
  names: Word[],
  render: (site: Site, words: Record<Word, string>) => Markup,
) {
  const cuts = new WeakMap<Site, Cut>()
  const cutFor = (site: Site): Cut => {
    const { parts, names: places } = cutAtWords(names, (marks) => render(site, marks))
    return { pieces: parts.map((part) => deflatePiece(linksWithin(site.basePath, part))), names: places }
  }
  return (site: Site, words: Record<Word, Child>): Filled => {
    const cut = cuts.get(site) ?? cutFor(site)
    cuts.set(site, cut)
    // Half a character (a surrogate alone) would be counted in another way than it is written.
    const textOf = (name: string) => linksWithin(site.basePath, written(words[name as Word])).toWellFormed()
    const texts = cut.names.map(textOf)
    return {
      plain: () => plainOf(cut.pieces, texts),
      gzip: () => gzipOf(cut.pieces, texts),
    }
  }
}
