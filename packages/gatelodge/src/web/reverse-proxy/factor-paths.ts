// Which pages of the app behind need a login with a second factor: `/admin` is that page alone, `/admin/*` it and all below
// it. Where apps may read an address in two ways, it counts as one of them (ASVS V1.1.1, V8.3.1): the opposite of a public path.
import { isAmbiguous, pathOf } from './public-paths.ts'

export function demandsFactor(url: string, patterns: string[]): boolean {
  if (patterns.length === 0) return false
  const path = pathOf(url)
  if (isAmbiguous(path) || !path.startsWith('/')) return true
  const wanted = plain(decodeURIComponent(path))
  return patterns.some((one) => {
    const start = plain(one.replace(/\/\*$/, ''))
    return wanted === start || (one.endsWith('/*') && (start === '' || wanted.startsWith(`${start}/`)))
  })
}

/** Many apps tell neither cases nor a slash at the end apart. */
function plain(path: string): string {
  return path.toLowerCase().replace(/\/$/, '')
}
