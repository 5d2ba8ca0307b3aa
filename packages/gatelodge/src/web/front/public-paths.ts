// Which pages of the app behind are for everybody: `/` is that page alone, `/assets/*` all below it.

/** Read in two ways by different apps: dots, doubled or coded slashes, parameters. Such an address is never public. */
const ambiguous = /\/\/|\\|;|\/\.{1,2}(?:\/|$)|%(?:2e|2f|5c|25|3b|c[01]|u|[01])/i

export function isPublic(url: string, patterns: string[]): boolean {
  const [path = ''] = url.split(/[?#]/, 1)
  if (ambiguous.test(path)) return false
  return patterns.some((one) => (one.endsWith('/*') ? path.startsWith(one.slice(0, -1)) : path === one))
}
