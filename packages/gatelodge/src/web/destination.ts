// A page is for a window, an answer for a program: a browser that wants to use one as a picture or a script is led astray,
// most likely by another site, and gets nothing of it (ASVS V3.2.1, V3.5.8).
import type { MiddlewareHandler } from 'hono'
import type { AppEnv } from './context.ts'
import { failure } from './failures.tsx'

/** What `Sec-Fetch-Dest` says for a window, a frame (which the content policy keeps empty) and for a script's own request. */
const meant = new Set(['document', 'empty', 'iframe', 'frame', undefined])

/** Comes after the assets, which are meant to be embedded. */
export const notEmbedded: MiddlewareHandler<AppEnv> = async (c, next) =>
  meant.has(c.req.header('sec-fetch-dest')) ? next() : failure(c, 'not-embedded')
