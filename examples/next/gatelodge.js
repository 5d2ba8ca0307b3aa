// One for the whole app, made at the first request: not while `next build` looks at the pages, and not again at each change.
import { createGatelodge } from 'gatelodge'

export function gatelodge() {
  globalThis.gatelodge ??= createGatelodge({ siteName: 'Notes', trustedProxies: '127.0.0.1' })
  return globalThis.gatelodge
}
