// Which pages of the app behind demand more than a session: `/admin` is that page alone, `/admin/*` it and all below it.
// Where apps may read an address in two ways, it counts as one of them (ASVS V1.1.1, V8.3.1): the opposite of a public path.
import type { Settings } from '../../config/schema.ts'
import { isAmbiguous, pathOf } from './public-paths.ts'

export function isGuarded(url: string, patterns: string[]): boolean {
  if (patterns.length === 0) return false
  const path = pathOf(url)
  if (isAmbiguous(path) || !path.startsWith('/')) return true
  const wanted = plain(decodeURIComponent(path))
  return patterns.some((one) => {
    const start = plain(one.replace(/\/\*$/, ''))
    return wanted === start || (one.endsWith('/*') && (start === '' || wanted.startsWith(`${start}/`)))
  })
}

/** To many apps, case and a slash at the end make no difference. */
function plain(path: string): string {
  return path.toLowerCase().replace(/\/$/, '')
}

/**
 * Whether an account in those groups may see the page. Each entry that covers it demands its own group, so that
 * `/*=staff, /admin/*=editors` lets nobody from outside the staff into `/admin`.
 * @param urls all that the page may be; none: it may be any.
 */
export function isInGroupsFor(
  urls: string[],
  entries: Settings['requireGroup'],
  { groups }: { groups: readonly string[] },
): boolean {
  const demanded = entries.filter(({ path }) => urls.length === 0 || urls.some((url) => isGuarded(url, [path])))
  return demanded.every(({ group }) => groups.includes(group))
}
