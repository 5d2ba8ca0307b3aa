// The cookie that ties a challenge to the browser of a visitor, so that nobody sends the answer of another browser. It is set
// when the script of the log-in page asks, and never by the page itself.
import { visitorHash } from '../../identity/passkeys/challenge.ts'
import { newToken } from '../../identity/sealing.ts'
import { minutes } from '../../time.ts'
import type { Context } from '../http/context.ts'
import { readCookies, writeCookie } from '../http/cookies.ts'

const name = 'gatelodge-passkey'
/** Longer than a challenge, so that one that was asked for at the last moment can be answered. */
const lifetime = minutes(10)
const form = /^[\w-]{43}$/

/** Renewed each time. @returns what its challenges are bound to. */
export function keepPasskeyVisitor(c: Context): Buffer {
  const token = readCookies(c, name).find((one) => form.test(one)) ?? newToken()
  writeCookie(c, name, token, lifetime)
  return visitorHash(token)
}

/** @returns undefined where the browser brought none. */
export function passkeyVisitor(c: Context): Buffer | undefined {
  const token = readCookies(c, name).find((one) => form.test(one))
  return token === undefined ? undefined : visitorHash(token)
}
