// Where a registration leads, in whichever way it is finished.
import { currentVisitorState } from '../../web/forms/flash.ts'
import { seeOther } from '../../web/http/answer.ts'
import type { Context } from '../../web/http/context.ts'
import { logEvent } from '../../web/http/log-event.ts'
import { afterLogin } from '../../web/session/after-login.ts'

/** Asked for at the log-in page, on the way here. */
export const staysLoggedIn = (c: Context) => currentVisitorState(c)?.prefill?.remember === true

/** By the invitation that a start link carried. */
export function logInvited(c: Context, { account, isInvited }: { account: Buffer; isInvited: boolean }): void {
  if (isInvited) logEvent(c, 'invitation.accepted', { account })
}

export function registered(c: Context, returnTo: string | undefined): Response {
  return seeOther(c, afterLogin(c, returnTo), { notice: { code: 'welcome' } })
}
