// The doors: whatever has no page of the app's own is Gatelodge's, or nobody's.
import { gatelodge } from '../../gatelodge.js'

/** Next tells who is calling in X-Forwarded-For alone. Believe it behind a proxy of yours that writes it: callers can, too. */
const connection = { incoming: { socket: { remoteAddress: '127.0.0.1' } } }

async function doors(request) {
  return (await (await gatelodge()).fetch(request, connection)) ?? new Response('Not found', { status: 404 })
}

export { doors as GET, doors as HEAD, doors as POST }
