// An address of ours with slashes at its end leads to the page without them.

import { type MountedPaths, withoutSlashes } from '../site/mounted-paths.ts'
import { answer } from './answer.ts'
import type { Context } from './context.ts'
import { privateAnswer } from './headers.ts'

/**
 * @returns 308, which keeps method and body, or for a GET 301, because lynx follows no 308; undefined where there is no page
 * of ours without the slashes either.
 */
export function withoutTrailingSlash(c: Context, own: Pick<MountedPaths, 'has'>): Response | undefined {
  // Only what is a route of ours once they are off: "//evil.example/" is none.
  if (!c.req.path.endsWith('/') || !own.has(withoutSlashes(c.req.path))) return undefined
  const { pathname, search } = new URL(c.req.url)
  const status = c.req.method === 'POST' ? 308 : 301
  return answer(c, status, null, { ...privateAnswer, location: withoutSlashes(pathname) + search })
}
