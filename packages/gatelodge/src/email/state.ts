// What became of an email.
import type { StoredEmail } from './storage.ts'

/** `kept`: in development, it is shown in the mailbox and never sent. */
export const emailStates = ['waiting', 'sent', 'failed', 'kept'] as const
export type EmailState = (typeof emailStates)[number]

export function emailStateOf({
  sentAt,
  failedAt,
  dueAt,
}: Pick<StoredEmail, 'sentAt' | 'failedAt' | 'dueAt'>): EmailState {
  if (sentAt !== null) return 'sent'
  if (failedAt !== null) return 'failed'
  return dueAt === null ? 'kept' : 'waiting'
}
