// A request as `gatelodge.fetch` takes it: what a framework hands over is not always one, and answers go through its hands.

/**
 * Made again: Next wraps it in a Proxy, which cannot be copied, as a body of unknown length must be while its size is
 * watched (web/http/body.ts). And asked without compression: Next takes Content-Encoding off what a route
 * answers, and the program that sends the answer compresses it.
 */
export function plainRequest({ url, method, headers, body }: Request): Request {
  const kept = new Headers(headers)
  kept.delete('accept-encoding')
  return new Request(url, { method, headers: kept, body, duplex: 'half' })
}
