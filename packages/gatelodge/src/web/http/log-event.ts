// One line in the log for one event, with the request it belongs to. Never what was typed, never a token.
import { stringify } from 'uuid'
import type { EventName } from '../../identity/audit/events.ts'
import type { Context } from './context.ts'

const levels: Partial<Record<EventName, 'warn' | 'error'>> = {
  'email.delayed': 'warn',
  'email.failed': 'warn',
  'same-site.refused': 'warn',
  'proxy.not-trusted': 'warn',
  'upstream.failed': 'warn',
  'database.unavailable': 'warn',
  'hashing.busy': 'warn',
  'request.failed': 'error',
}

export function logEvent(
  c: Context,
  event: EventName,
  details: { account?: Buffer; [name: string]: unknown } = {},
): void {
  const { account, ...rest } = details
  const line = { request: c.get('requestId'), ...(account && { account: stringify(account) }), ...rest }
  c.get('services').log[levelOf(event)](line, event)
}

/** Someone who has to wait may be guessing: an operator wants to see each of those. */
function levelOf(event: EventName): 'info' | 'warn' | 'error' {
  return levels[event] ?? (event.endsWith('.rate-limited') ? 'warn' : 'info')
}
