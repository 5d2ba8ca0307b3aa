// Who may read the emails of development: the browser that was opened with the link which the start printed.
import { isSame } from '../../identity/sealing.ts'
import { days } from '../../time.ts'
import type { Context } from '../../web/http/context.ts'
import { readCookies, writeCookie } from '../../web/http/cookies.ts'

const name = 'gatelodge-mailbox'
/** One looks for the link again once a month at most. */
const lifetime = days(30)

export function isKey(c: Context, given: string): boolean {
  return isSame(given, c.get('services').mailboxKey())
}

export function hasKey(c: Context): boolean {
  return readCookies(c, name).some((given) => isKey(c, given))
}

export function rememberKey(c: Context, key: string): void {
  writeCookie(c, name, key, lifetime)
}
