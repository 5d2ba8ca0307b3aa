// An email as Outlook for Windows sees it: it renders with the engine of Word.

/** What that engine ignores. */
const unknown = [
  'max-width|max-height|min-width|min-height|border-radius|overflow|overflow-wrap|word-break|box-shadow|opacity',
  'background-image|background-size|display: (?:inline-)?(?:flex|grid)|gap|float|position|transform|transition|animation',
].join('|')

/** The HTML without the style features that it lacks, and with what is there for it alone. */
export function withoutWord(html: string): string {
  const known = html
    .replace(/<style>.*?<\/style>/s, '')
    .replace(/<!--\[if mso\]>(.*?)<!\[endif\]-->/g, '$1')
    .replace(new RegExp(`(?<![\\w-])(?:${unknown})(?:: [^;"]+)?(?:; )?`, 'g'), '')
    .replace(/mso-hide: all/g, 'visibility: hidden')
  // Room round the words is that of a cell; a link, a paragraph or a box has none.
  return known.replace(/<(?!td\b|table\b|\/)(\w+)([^>]*?) style="([^"]*)"/g, (_, tag, before, style) => {
    const kept = String(style).replace(/(?<![\w-])padding: [^;]+(?:; )?/g, '')
    return `<${tag}${before} style="${kept}"`
  })
}
