// The tables and their columns, as Kysely sees them. Ids, keys and token hashes are bytes; moments are milliseconds.
// One file, however long: it is looked up like a table of contents, beside the one migration that creates the same tables.
import type { GeneratedAlways } from 'kysely'

export interface Tables {
  gatelodge_accounts: AccountRow & AccountState
  gatelodge_passwords: PasswordRow
  gatelodge_sessions: SessionRow
  gatelodge_logins_under_way: LoginUnderWayRow
  gatelodge_attempts: AttemptRow
  gatelodge_audit: AuditRow
  gatelodge_tokens: TokenRow
  gatelodge_emails: EmailRow
  gatelodge_registrations: RegistrationRow
  gatelodge_totp: TotpRow
  gatelodge_recovery_codes: RecoveryCodeRow
  gatelodge_trusted_devices: TrustedDeviceRow
  gatelodge_passkeys: PasskeyRow
  gatelodge_used_challenges: UsedChallengeRow
  gatelodge_connections: ConnectionRow
  gatelodge_groups: GroupRow
  gatelodge_group_members: GroupMemberRow
  gatelodge_api_keys: ApiKeyRow
  gatelodge_invitations: InvitationRow
  gatelodge_bulk_acts: BulkActRow
  gatelodge_bulk_accounts: BulkAccountRow
  gatelodge_imports: ImportRow
}

export interface AccountRow {
  /** UUIDv7, 16 bytes. Part of every table of an account's data. */
  id: Buffer
  name: string
  /** As its owner typed it; emails go to this one only. */
  email: string
  /** SHA-256 of the normalised address, 32 bytes: unique, whatever a collation thinks is equal. */
  email_key: Buffer
  created_at: number
  disabled_at: number | null
  /** Since when it is known that its owner reads what is sent to this address. */
  verified_at: number | null
  /** A new address that waits until its owner confirms it. */
  pending_email: string | null
  /** Its owner deleted it: nobody can log in, and its data is deleted at this moment. */
  deletes_at: number | null
  /** Rises with each new password (not with a renewed hash): what was proved with an older one is worthless. */
  password_version: number
  /** Null: the account has no password. */
  password_changed_at: number | null
  /** When the people who run the site demanded another one than the present; null: they did not, or it was changed since. */
  password_demanded_at: number | null
  /** Rises with each change of a second factor or a passkey, likewise. */
  factor_version: number
  /** 1 while an authenticator app that was confirmed stands in a table of its own. */
  has_app: number
  /** Since when its owner wants to be asked for a passkey behind the password; null: not. */
  asks_passkey_since: number | null
  /** When its owner answered the offer to make a passkey, or made one; null: it may still be offered. */
  passkey_offer_answered_at: number | null
  /** Its groups, sorted, with commas between: a copy of its rows in the table of members, for the look-up of sessions. */
  member_of: string
  /** The account's last events, the newest first, a line of JSON each: a copy from the audit table, for its page. */
  recent: string
  /** What the site asked beyond name and address, as JSON. */
  fields: string | null
  /** The normalised address, and the name in small letters: what lists are sorted by, and where a search begins. */
  email_sorted: string
  name_sorted: string
}

interface AccountState {
  /** 1: a log-in must prove more than the password, by an app or by a passkey. The database works it out itself. */
  has_second_factor: GeneratedAlways<number>
  /** 0: may be entered; 1: disabled; 2: deleted; 3: its rows are being removed. Likewise. */
  state: GeneratedAlways<number>
}

export interface PasswordRow {
  account_id: Buffer
  /** In PHC string format: `$argon2id$v=19$m=…`; or, as JSON, one that came from another system. */
  hash: string
  /** Of such a one: what it costs, `bcrypt-12`. Hashes of one label take the same time. Null: it is one of ours. */
  foreign_format: string | null
}

export interface SessionRow {
  /** SHA-256 of the token in the cookie, 32 bytes. */
  token_hash: Buffer
  account_id: Buffer
  created_at: number
  last_seen_at: number
  remembered: number
  /** Names it in the list of devices; carries no authority. */
  id: Buffer | null
  /** Browser and system, as JSON: `{"browser":"Firefox","system":"Windows"}`; and from where, as it began. */
  device: string | null
  client_address: string | null
  /** How its owner proved who they are, and when: JSON, `{"pwd":1767225600000}`. The names are those of RFC 8176. */
  methods: string
  /** When its owner last typed their password here. */
  reauthenticated_at: number | null
  /** Over, and kept for a while to say why. */
  ended_at: number | null
  ended_by: string | null
}

/** A log-in that has proved something and must still pass a step before its session starts. */
export interface LoginUnderWayRow {
  /** SHA-256 of the token in the cookie, or of the `login_token` that a program holds; 32 bytes. */
  token_hash: Buffer
  account_id: Buffer
  /** Those of the account at the first proof: where either has risen, the row is worthless. */
  password_version: number
  factor_version: number
  /** What was proved so far, as in a session. */
  methods: string
  /** What was asked for: a remembered session, a token instead of a cookie, and where to go afterwards. */
  remembered: number
  is_bearer: number
  return_to: string | null
  /** From where the first proof came. */
  device: string
  client_address: string
  /** Wrong codes so far. */
  tries: number
  /** The moment of the first proof. */
  started_at: number
  /** Counted from `started_at`, and never moved beyond what the due step allows. */
  expires_at: number
  used_at: number | null
  /** The id of the session that it became. */
  used_by: Buffer | null
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
  /** HMAC of the address that was typed, 32 bytes: it shows which are equal, and nothing else. */
  address_hash: Buffer | null
  client_address: string
  /** As in a session. */
  device: string
  outcome: 'succeeded' | 'refused' | 'asked'
  reason: string | null
  /** Who did it to the account of someone else: `command`, `code`, or the id of an administrator; and why, in their words. */
  actor: string | null
  note: string | null
  /** How someone proved who they are, where a session started: `pwd otp`. */
  methods: string | null
  request_id: string
}

export interface TokenRow {
  /** SHA-256 of the token in the link, 32 bytes. */
  token_hash: Buffer
  purpose: string
  account_id: Buffer
  /** SHA-256 of the normalised address that it was sent to: it is invalid for another. */
  address_key: Buffer
  created_at: number
  expires_at: number
  used_at: number | null
  /** Made before the first try of whatever uses it: a retry finds that it was us. */
  used_by: Buffer | null
}

export interface EmailRow {
  /** UUIDv7: rows stand in the order of time. */
  id: Buffer
  /** The account of the recipient; null where there is no account, or none for long. */
  account_id: Buffer | null
  kind: string
  /** To whom, and the words that differ, the token of a link among them. Empty once it has left. */
  sealed: string
  created_at: number
  /** Not worth sending afterwards. */
  good_until: number
  /** When to try (again); null: never (again). Moved on by anyone who takes it, so that nobody else does. */
  due_at: number | null
  tries: number
  sent_at: number | null
  failed_at: number | null
  failure: string | null
}

/** Someone who wants an account and has not confirmed their address yet (registration: confirm-first). */
export interface RegistrationRow {
  /** SHA-256 of the token in the link, 32 bytes. */
  token_hash: Buffer
  /** The id that the account will have. */
  account_id: Buffer
  name: string
  email: string
  email_key: Buffer
  /** Null: the account starts with a passkey. */
  hash: string | null
  created_at: number
  expires_at: number
  fields: string | null
  /** Of the invitation by which they came here. */
  invitation_id: Buffer | null
}

/** The app codes of an account (TOTP, RFC 6238), once a right code has confirmed them. */
export interface TotpRow {
  account_id: Buffer
  /** 20 bytes, sealed together with the account's id. */
  secret: string
  /** The last step that was taken, in periods of 30 seconds since 1970: only a larger one is taken. */
  last_step: number
  created_at: number
  last_used_at: number | null
}

/** One of the ten codes for an owner who has lost the second factor. They exist only while a factor does. */
export interface RecoveryCodeRow {
  /** UUIDv7. */
  id: Buffer
  account_id: Buffer
  /** argon2id in PHC string format, with one salt for the whole set. */
  hash: string
  created_at: number
  used_at: number | null
  /** Made before the first try of whatever uses it: a retry finds that it was us. */
  used_by: Buffer | null
}

/** A browser in which the second factor is not asked for a while. */
export interface TrustedDeviceRow {
  /** SHA-256 of the token in its cookie, 32 bytes. */
  token_hash: Buffer
  /** Names it in the list of devices; carries no authority. */
  id: Buffer
  account_id: Buffer
  /** Those of the account when it was trusted: where either has risen, the row is worthless. */
  password_version: number
  factor_version: number
  device: string
  client_address: string
  created_at: number
  expires_at: number
}

/** A passkey or security key: a WebAuthn credential record (Level 3, section 4). */
export interface PasskeyRow {
  /** UUIDv7. Names it in the list; carries no authority. */
  id: Buffer
  account_id: Buffer
  /** SHA-256 of the credential's id, 32 bytes: unique over all accounts, whatever a collation thinks is equal. */
  credential_key: Buffer
  /** The credential's id, up to 1023 bytes, as base64url: what the browser is asked for. */
  credential_id: string
  /** COSE, as base64url. */
  public_key: string
  /** The last signature counter that it sent; 0 if it does not count. */
  counter: number
  /** How it is reached, as the browser says: `internal,hybrid`. */
  transports: string
  /** Whether it may be synced to other devices: never changes. */
  backup_eligible: number
  /** Whether it is, as it said last. */
  backup_state: number
  /** Whether a PIN, a fingerprint or a face was ever checked with it, as it was and not as it was asked for. */
  user_verified: number
  /** Which kind of authenticator made it, as it says of itself. */
  aaguid: string
  /** The domain that it was made for. */
  rp_id: string
  name: string
  created_at: number
  last_used_at: number | null
}

/** An account of another provider by which someone logs in. */
export interface ConnectionRow {
  /** UUIDv7. Names it in the list; carries no authority. */
  id: Buffer
  account_id: Buffer
  /** SHA-256 of issuer and subject, 32 bytes: unique over all accounts, whatever a collation thinks is equal. */
  subject_key: Buffer
  /** The name of the provider in the settings. */
  provider: string
  issuer: string
  subject: string
  /** As the provider gave it last. */
  email: string | null
  created_at: number
  last_used_at: number | null
}

/** A challenge that was answered: it is answered once. Those that nobody answers cost no row. */
export interface UsedChallengeRow {
  /** SHA-256 of the challenge, 32 bytes. */
  token_hash: Buffer
  /** The challenge means nothing from this moment on, so the row may go. */
  expires_at: number
  /** Made before the first try of whatever uses it: a retry finds that it was us. */
  used_by: Buffer
}

/** A group of accounts. */
export interface GroupRow {
  /** `[a-z0-9._-]{1,64}`, compared byte by byte. It never changes: apps know it. */
  name: string
  description: string
  created_at: number
  /** Rises with each write that others must meet. */
  changes: number
  /** It is being deleted: it takes no members any more. */
  closed_at: number | null
}

export interface GroupMemberRow {
  account_id: Buffer
  group_name: string
  added_at: number
}

/** A key of a program that works for the people who run the site. */
export interface ApiKeyRow {
  /** UUIDv7. It is a part of the key, and no secret. */
  id: Buffer
  /** By the rule of the names of groups; the record names the key by it. Unique, also among those that are over. */
  name: string
  /** SHA-256 of the secret in the key, 32 bytes. */
  secret_hash: Buffer
  /** What it may do, with spaces between. */
  scopes: string
  created_at: number
  /** As the record names them: `command`, or the id of an administrator. */
  created_by: string
  expires_at: number
  revoked_at: number | null
  last_used_at: number | null
}

/** An invitation. With its link people get an account, as often as it says. */
export interface InvitationRow {
  /** UUIDv7: rows stand in the order of time. Names it for the people who run the site; carries no authority. */
  id: Buffer
  /** SHA-256 of the token in the link, 32 bytes. */
  token_hash: Buffer
  /** For whom it is; null: for anyone who has the link, or it was used and the account has the address now. */
  email: string | null
  /** SHA-256 of the normalised address. It stays, so that the invitation is for nobody else. */
  email_key: Buffer | null
  /** The groups that it leads to, sorted, with commas between. */
  group_names: string
  most_uses: number
  /** Rises by one with each use, never beyond `most_uses`. */
  used: number
  created_at: number
  expires_at: number
  revoked_at: number | null
  /** Who made it: `command`, `code`, or the id of an administrator. */
  actor: string
}

/** An act on several accounts: it goes on until each has its outcome. */
export interface BulkActRow {
  /** UUIDv7, made with the form: a form that is sent twice is one act. Carries no authority. */
  id: Buffer
  /** The name of the act that is done to each account. */
  act: string
  /** Which group they join; null where the act is about none. */
  group_name: string | null
  /** The id of the administrator who ordered it. */
  actor: string
  /** Why, in their own words. */
  note: string | null
  client_address: string
  device: string
  request_id: string
  created_at: number
  finished_at: number | null
}

/** One account of such an act. */
export interface BulkAccountRow {
  bulk_id: Buffer
  account_id: Buffer
  /** `done`, or why not; null: it waits. Written once, in the transaction of the act. */
  outcome: string | null
}

/** One run of `gatelodge import`. What makes it resumable stands in the ids of accounts, and not here. */
export interface ImportRow {
  /** UUIDv7: rows stand in the order of time. */
  id: Buffer
  /** The file or table, as it was named. */
  source: string
  /** The preset; empty: none. */
  system: string
  started_at: number
  /** It was alive then. */
  seen_at: number
  rows_read: number
  /** Of the whole source, in parts of ten thousand. */
  share: number
  imported: number
  /** Rows that the file of rejects lists. */
  rejected: number
  ended_at: number | null
  /** Whether it was read to its end: 0 or 1. */
  is_whole: number
}
