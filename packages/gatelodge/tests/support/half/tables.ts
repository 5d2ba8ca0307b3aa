// All rows that matter, with the account that each is of as text: `owner`.
import type { Database } from '../../../src/database/connect.ts'
import type { AuditedEvent } from '../../../src/identity/audit/events.ts'
import { noticeKeys } from '../notice-counts.ts'

export type Tables = Awaited<ReturnType<typeof readTables>>

/** The reason of an account that a flow has put there before it begins. */
export const old = 'old'
/** The same, with an address that was confirmed. */
export const oldAndVerified = 'old and verified'

export const isOld = ({ reason }: { reason: string | null }) => reason === old || reason === oldAndVerified

/** The account began with the link of an email. */
export const isByLink = ({ methods }: { methods: string | null }) => methods?.split(' ').includes('email') === true

export async function readTables({ db }: Pick<Database, 'db'>) {
  const accounts = await db
    .selectFrom('gatelodge_accounts')
    .select([
      ...(['id', 'password_changed_at', 'verified_at', 'pending_email'] as const),
      ...(['deletes_at', 'has_app', 'has_second_factor', 'factor_version'] as const),
    ])
    .execute()
  const passwords = await db
    .selectFrom('gatelodge_passwords as password')
    .innerJoin('gatelodge_accounts as account', 'account.id', 'password.account_id')
    .select(['account_id', 'password_version as version'])
    .execute()
  const sessions = await db.selectFrom('gatelodge_sessions').select(['account_id', 'ended_at', 'ended_by']).execute()
  const tokens = await db.selectFrom('gatelodge_tokens').select(['account_id', 'purpose', 'used_at']).execute()
  const emails = await db.selectFrom('gatelodge_emails').select(['account_id', 'kind', 'good_until']).execute()
  const registrations = await db.selectFrom('gatelodge_registrations').select('account_id').execute()
  // Ids sort by time.
  const audit = await db
    .selectFrom('gatelodge_audit')
    .select(['event', 'account_id', 'reason', 'methods'])
    .orderBy('id')
    .execute()
  const totp = await db.selectFrom('gatelodge_totp').select('account_id').execute()
  const codes = await db.selectFrom('gatelodge_recovery_codes').select(['account_id', 'used_at']).execute()
  const trusted = await db.selectFrom('gatelodge_trusted_devices').select('account_id').execute()
  const passkeys = await db.selectFrom('gatelodge_passkeys').select(['account_id', 'last_used_at']).execute()
  const challenges = await db.selectFrom('gatelodge_used_challenges').select('expires_at').execute()
  const connections = await db.selectFrom('gatelodge_connections').select('account_id').execute()
  const tries = await db.selectFrom('gatelodge_attempts').select(['attempt_key', 'tries']).execute()

  const events = owned(audit)
  const told = counter(events.map(({ event, owner, reason }) => `${nameOf(event, reason)} ${owner}`))
  return {
    accounts: accounts.map(({ id, ...row }) => ({ ...row, owner: hex(id) })),
    passwords: owned(passwords),
    sessions: owned(sessions),
    tokens: owned(tokens),
    emails: owned(emails),
    registrations: owned(registrations),
    totp: owned(totp),
    codes: owned(codes),
    trusted: owned(trusted),
    passkeys: owned(passkeys),
    connections: owned(connections),
    /** How many were answered. */
    challenges: challenges.length,
    audit: events,
    /** Without notices to unconfirmed addresses: what is not sent any more is not counted any more either. */
    tries: tries
      .filter(({ attempt_key }) => !noticeKeys.has(hex(attempt_key)))
      .reduce((sum, row) => sum + row.tries, 0),
    /** How often that is in the record of this account. */
    told: (event: Told, owner: string) => told.get(`${event} ${owner}`) ?? 0,
    /** How often it is in the record at all. */
    toldInAll: (event: AuditedEvent) => events.filter((one) => one.event === event).length,
  }
}

/** An address that was restored is recorded as changed once more. What a flow has put there is none of the product's. */
export type Told =
  | AuditedEvent
  | 'email.changed back'
  | 'email.verified by invitation'
  | 'email.verified by connection'
  | 'two-factor.added before'
  | 'passkey.added before'
  | 'connection.added before'

function nameOf(event: string, reason: string | null): string {
  if (reason === 'undone') return `${event} back`
  if (reason === 'invitation' || reason === 'connection') return `${event} by ${reason}`
  return isOld({ reason }) && event !== 'registration.succeeded' ? `${event} before` : event
}

const hex = (id: Buffer | null) => id?.toString('hex') ?? ''

function owned<T extends { account_id: Buffer | null }>(rows: T[]) {
  return rows.map(({ account_id, ...row }) => ({ ...row, owner: hex(account_id) }))
}

/** How many there are of each. */
export function counter(values: string[]): Map<string, number> {
  const counts = new Map<string, number>()
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1)
  return counts
}
