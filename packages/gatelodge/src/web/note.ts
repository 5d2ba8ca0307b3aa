// One line in the log for one event, with the request it belongs to. Never what was typed, never a token.
import { stringify } from 'uuid'
import type { EventName } from '../identity/audit/events.ts'
import type { Context } from './context.ts'

const levels: Partial<Record<EventName, 'warn' | 'error'>> = {
  'login.held-back': 'warn',
  'registration.held-back': 'warn',
  'password.held-back': 'warn',
  'letter.held-back': 'warn',
  'letter.delayed': 'warn',
  'letter.failed': 'warn',
  'same-site.refused': 'warn',
  'proxy.not-trusted': 'warn',
  'upstream.failed': 'warn',
  'database.unavailable': 'warn',
  'hashing.busy': 'warn',
  'request.failed': 'error',
}

export function note(c: Context, event: EventName, details: { account?: Buffer; [name: string]: unknown } = {}): void {
  const { account, ...rest } = details
  const line = { request: c.get('requestId'), ...(account && { account: stringify(account) }), ...rest }
  c.get('services').log[levels[event] ?? 'info'](line, event)
}
