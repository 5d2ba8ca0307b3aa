// For programs, and for pages that fetch: who is not logged in gets 401, or is led to login where a page was asked for.
import { gatelodge } from '../../../gatelodge.js'

export async function GET(request) {
  const who = await (await gatelodge()).fetch.requireAccount(request)
  return who instanceof Response ? who : Response.json({ of: who.account.name, notes: [] })
}
