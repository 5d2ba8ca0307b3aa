// The cookie that holds the token of a log-in under way. It is no session, and never becomes one.
import type { Milliseconds } from '../../time.ts'
import type { Context } from '../context.ts'
import { readCookie, writeCookie } from '../cookies.ts'

const name = 'gatelodge-login'

export function readLoginToken(c: Context): string | undefined {
  return readCookie(c, name)
}

/** @param lasts how long the browser keeps it; the server decides by the row. */
export function keepLoginToken(c: Context, token: string, lasts: Milliseconds): void {
  writeCookie(c, name, token, lasts)
}

export function forgetLoginToken(c: Context): void {
  if (readLoginToken(c) !== undefined) writeCookie(c, name, '', 0)
}
