// One line in the log for one event, with the request it belongs to. Never what was typed, never a token.
import { stringify } from 'uuid'
import type { Context } from './context.ts'

export type EventName =
  | 'registration.succeeded'
  | 'registration.refused'
  | 'login.succeeded'
  | 'login.failed'
  | 'logout.succeeded'
  | 'password.changed'
  | 'password.change-refused'
  | 'access.refused'
  | 'same-site.refused'
  | 'database.unavailable'
  | 'hashing.busy'
  | 'request.failed'

const levels: Partial<Record<EventName, 'warn' | 'error'>> = {
  'same-site.refused': 'warn',
  'database.unavailable': 'warn',
  'hashing.busy': 'warn',
  'request.failed': 'error',
}

export function note(c: Context, event: EventName, details: { account?: Buffer; [name: string]: unknown } = {}): void {
  const { account, ...rest } = details
  const line = { request: c.get('requestId'), ...(account && { account: stringify(account) }), ...rest }
  c.get('services').log[levels[event] ?? 'info'](line, event)
}
