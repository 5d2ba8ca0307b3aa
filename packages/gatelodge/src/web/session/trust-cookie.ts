// The cookie of a browser whose owner said "Trust this device": random tokens, whose hashes stand in the database. It lets
// nobody in; behind the right password it stands for the second factor, until anything of the account changes.
import { trustedFor } from '../../identity/second-factors/limits.ts'
import type { Context } from '../http/context.ts'
import { readCookies, writeCookie } from '../http/cookies.ts'

const name = 'gatelodge-trust'
/** A family shares a device, not a school. The statement that starts a session looks at so many. */
const mostTrustTokens = 4
const form = /^[\w-]{43}(?:\.[\w-]{43}){0,3}$/

/** The newest in front. */
export function readTrustTokens(c: Context): string[] {
  return (
    readCookies(c, name)
      .find((one) => form.test(one))
      ?.split('.') ?? []
  )
}

/** Written when it is given and never again, so that it ends when its row does. */
export function keepTrustToken(c: Context, token: string): void {
  const all = [token, ...readTrustTokens(c)].slice(0, mostTrustTokens)
  writeCookie(c, name, all.join('.'), trustedFor)
}
