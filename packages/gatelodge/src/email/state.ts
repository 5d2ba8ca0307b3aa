// What became of an email.

/** `kept`: in development, it is shown in the mailbox and never sent. */
export const emailStates = ['waiting', 'sent', 'failed', 'kept'] as const
export type EmailState = (typeof emailStates)[number]

interface Moments {
  sentAt: number | null
  failedAt: number | null
  dueAt: number | null
}

export function emailStateOf({ sentAt, failedAt, dueAt }: Moments): EmailState {
  if (sentAt !== null) return 'sent'
  if (failedAt !== null) return 'failed'
  return dueAt === null ? 'kept' : 'waiting'
}
