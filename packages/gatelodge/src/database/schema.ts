// The tables and their columns, as Kysely sees them. Ids, keys and token hashes are bytes; moments are milliseconds.

export interface Tables {
  gatelodge_accounts: AccountRow
  gatelodge_passwords: PasswordRow
  gatelodge_sessions: SessionRow
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
