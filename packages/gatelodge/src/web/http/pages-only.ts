// Pages and data are opened or fetched, never loaded into another page as its script or image (ASVS V3.2.1, V3.5.8).
import type { MiddlewareHandler } from 'hono'
import type { AppEnv } from './context.ts'
import { failure } from './error-pages.tsx'
import { logEvent } from './log-event.ts'

/** What browsers say of a page that is opened and of a fetch. Frames are kept empty by frame-ancestors. */
const openedOrFetched = new Set(['document', 'iframe', 'frame', 'empty'])

export function isOpenedOrFetched(destination: string | undefined): boolean {
  return destination === undefined || openedOrFetched.has(destination)
}

export const pagesOnly: MiddlewareHandler<AppEnv> = async (c, next) => {
  const destination = c.req.header('sec-fetch-dest')
  if (isOpenedOrFetched(destination)) return next()
  logEvent(c, 'same-site.refused', { reason: `sec-fetch-dest is ${destination?.slice(0, 20)}` })
  return failure(c, 'not-embedded')
}
