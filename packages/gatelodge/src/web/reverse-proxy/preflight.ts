// The question that a browser asks before a request from another site (CORS). It carries no cookie, so it can never be
// logged in; an app that answers such requests has to be asked all the same.
import type { IncomingMessage } from 'node:http'

/** Whether the settings let it pass without a login. What only looks like one (no `Origin`, a body) does not. */
export function isPublicPreflight({ method = '', headers }: IncomingMessage, publicMethods: string[]): boolean {
  if (method !== 'OPTIONS' || !publicMethods.includes(method)) return false
  const isEmpty = headers['transfer-encoding'] === undefined && (headers['content-length'] ?? '0') === '0'
  return isEmpty && Boolean(headers.origin) && Boolean(headers['access-control-request-method'])
}
