// The tables and their columns, as Kysely sees them. Ids, keys and token hashes are bytes; moments are milliseconds.

export interface Tables {
  gatelodge_accounts: AccountRow
  gatelodge_passwords: PasswordRow
  gatelodge_sessions: SessionRow
  gatelodge_attempts: AttemptRow
  gatelodge_audit: AuditRow
}

export interface AccountRow {
  /** UUIDv7, 16 bytes. Part of every table of an account's data. */
  id: Buffer
  name: string
  /** As its owner typed it; letters go to this one only. */
  email: string
  /** SHA-256 of the normalised address, 32 bytes: unique, whatever a collation thinks is equal. */
  email_key: Buffer
  created_at: number
  disabled_at: number | null
  /** The account's last events, the newest first, a line of JSON each: a copy from the audit table, for its page. */
  recent: string
}

export interface PasswordRow {
  account_id: Buffer
  /** In PHC string format: `$argon2id$v=19$m=…`. */
  hash: string
  /** Counts changes (not renewals of the hash): a session starts only on the version that was proved. */
  version: number
  changed_at: number
}

export interface SessionRow {
  /** SHA-256 of the token in the cookie, 32 bytes. */
  token_hash: Buffer
  account_id: Buffer
  created_at: number
  last_seen_at: number
  remembered: number
}

export interface AttemptRow {
  /** HMAC of what is counted (an account, a device of it, a client address), 32 bytes. */
  attempt_key: Buffer
  tries: number
  /** Nothing more is taken before this moment. */
  waits_until: number
  /** The row means nothing from this moment on. */
  forgotten_at: number
}

export interface AuditRow {
  /** UUIDv7: rows stand in the order of time. */
  id: Buffer
  at: number
  event: string
  account_id: Buffer | null
  /** HMAC of the address that was typed, 32 bytes: tells equal ones, and nothing else. */
  address_hash: Buffer | null
  client_address: string
  /** Browser and system in words. */
  device: string
  outcome: 'succeeded' | 'refused'
  reason: string | null
  request_id: string
}
