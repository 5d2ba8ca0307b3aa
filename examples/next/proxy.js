// The guard of whole pages, before Next renders anything: a visitor is redirected to login and back.
import { gatelodge } from './gatelodge.js'

export async function proxy(request) {
  const who = await (await gatelodge()).fetch.requireAccount(request)
  if (who instanceof Response) return who
}

export const config = { matcher: '/notes/:path*' }
