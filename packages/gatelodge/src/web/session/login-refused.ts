// What the log says about a wrong password, wherever it was typed.
import type { LoginRefusal } from '../../identity/logins/by-password.ts'
import type { Context } from '../http/context.ts'
import { logEvent } from '../http/log-event.ts'

export function logRefusal(c: Context, refusal: LoginRefusal): void {
  if (refusal.kind === 'rate-limited') logEvent(c, 'login.rate-limited', { wait: refusal.wait })
  else {
    const { reason, accountId } = refusal
    logEvent(c, 'login.failed', { reason, ...(accountId && { account: accountId }) })
  }
}
