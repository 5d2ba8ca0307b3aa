// The cookie that holds the token of a log-in under way. It is no session, and never becomes one.
import type { Milliseconds } from '../../time.ts'
import type { Context } from '../http/context.ts'
import { expireStrays, readCookies, writeCookie } from '../http/cookies.ts'

const name = 'gatelodge-login'

/** Usually one; where an older cookie lives elsewhere, each of them is tried. */
export function readLoginTokens(c: Context): string[] {
  return readCookies(c, name)
}

/** @param lasts how long the browser keeps it; the server decides by the row. */
export function keepLoginToken(c: Context, token: string, lasts: Milliseconds): void {
  writeCookie(c, name, token, lasts)
}

export function forgetLoginToken(c: Context): void {
  const tokens = readLoginTokens(c)
  if (tokens.length > 1) expireStrays(c, name)
  if (tokens.length > 0) writeCookie(c, name, '', 0)
}
