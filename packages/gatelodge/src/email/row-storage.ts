// An email and its row in the emails table.
import { momentFrom } from '../database/moment.ts'
import type { EmailRow } from '../database/schema.ts'
import type { Tries } from '../identity/attempts/rules.ts'
import type { EmailKind } from './template.ts'

/** Made before the first try of the transaction that it belongs to. */
export interface PreparedEmail {
  id: Buffer
  kind: EmailKind
  accountId: Buffer | null
  sealed: string
  goodUntil: number
  /** What a notice is counted under, where nobody has confirmed the address. */
  tries?: Tries | undefined
}

export interface StoredEmail {
  id: Buffer
  accountId: Buffer | null
  kind: EmailKind
  sealed: string
  createdAt: number
  goodUntil: number
  dueAt: number | null
  tries: number
  sentAt: number | null
  failedAt: number | null
  failure: string | null
  /** A copy took it and has not said what became of it: it may have been sent. */
  isUnderWay: boolean
}

export function newRow(
  { id, accountId, kind, sealed, goodUntil }: PreparedEmail,
  now: number,
  dueAt: number | null,
): EmailRow {
  return {
    id,
    account_id: accountId,
    kind,
    sealed,
    created_at: now,
    good_until: goodUntil,
    due_at: dueAt,
    tries: 0,
    sent_at: null,
    failed_at: null,
    failure: null,
  }
}

export function emailFrom(row: EmailRow): StoredEmail {
  return {
    id: row.id,
    accountId: row.account_id,
    kind: row.kind as EmailKind,
    sealed: row.sealed,
    createdAt: Number(row.created_at),
    goodUntil: Number(row.good_until),
    dueAt: momentFrom(row.due_at),
    tries: row.tries,
    sentAt: momentFrom(row.sent_at),
    failedAt: momentFrom(row.failed_at),
    failure: row.failure,
    isUnderWay: row.due_at !== null && row.tries > 0 && row.failure === null,
  }
}
