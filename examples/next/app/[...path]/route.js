// An address without a page of the app goes to Gatelodge, which answers it or says 404.
import { gatelodge } from '../../gatelodge.js'

/** Next tells who is calling in X-Forwarded-For alone. Believe it behind a proxy of yours that writes it: callers can, too. */
const connection = { incoming: { socket: { remoteAddress: '127.0.0.1' } } }

async function doors(request) {
  return (await (await gatelodge()).fetch(request, connection)) ?? new Response('Not found', { status: 404 })
}

export { doors as GET, doors as HEAD, doors as POST }
