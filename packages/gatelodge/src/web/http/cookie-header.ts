// What of a Cookie header is not ours.

const ours = /^(?:__Host-|__Secure-)?gatelodge(?:$|-)/

/**
 * A line of Set-Cookie by which an app would put a cookie in the place of ours. Browsers store `=gatelodge=x` without a name
 * and send it back as `gatelodge=x`: so what stands before the name does not count.
 */
export const setsOurs = (line: string) => ours.test(/^[\s=]*([^=;]*)/.exec(line)?.[1]?.trim() ?? '')

/** The app's own cookies, byte for byte: a session of ours is nothing that the app may hold. */
export function foreignCookies(header: string | undefined): string {
  const parts = (header ?? '').split(';').map((part) => part.trim())
  return parts.filter((part) => part && !ours.test(part.split('=')[0]?.trim() ?? '')).join('; ')
}
