// Which pages of the app behind are for everyone: `/` is that page alone, `/assets/*` all below it. An address that apps may
// read in two ways is never public (ASVS V1.1.1, V8.3.1).

/** Dots, doubled slashes, parameters, and what is no printable ASCII: browsers send that coded. */
const ambiguous = /\/\/|\\|;|\.\.|\/\.(?:\/|$)|[^!-~]/

/** One or more bytes, coded. */
const coded = /(?:%[\da-f]{2})+/gi

/**
 * What would mean something in a path once it is decoded: dots, slashes, parameters, a second coding, the end of the path,
 * signs that nobody sees. And what some systems take for a slash or a dot (U+2044, U+2215, U+3002 and their like).
 */
const meaningful = /[./\\;%?#\p{Cc}\p{Cf}\u2044\u2215\u2216\u29f5-\u29f9\u3002]/u

export function isPublic(url: string, patterns: string[]): boolean {
  const path = pathOf(url)
  if (isAmbiguous(path)) return false
  return patterns.some((one) => (one.endsWith('/*') ? path.startsWith(one.slice(0, -1)) : path === one))
}

export function pathOf(url: string): string {
  const [path = ''] = url.split(/[?#]/, 1)
  return path
}

/** Whether apps may read this path in two ways. */
export function isAmbiguous(path: string): boolean {
  return ambiguous.test(path) || !codesPlainly(path)
}

/** Whether each coded part is UTF-8, and only emails, figures and signs that mean nothing in a path. */
function codesPlainly(path: string): boolean {
  if (path.replace(coded, '').includes('%')) return false
  return (path.match(coded) ?? []).every((part) => {
    try {
      // Full-width and small forms become the plain signs that some apps read them as.
      return !meaningful.test(decodeURIComponent(part).normalize('NFKC'))
    } catch {
      return false
    }
  })
}
