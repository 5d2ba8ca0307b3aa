// All tables, as the first release has them. No foreign keys with cascades: children are deleted in code, in one bounded
// transaction.
import { type Kysely, type RawBuilder, sql } from 'kysely'
import type { Dialect } from '../dialect.ts'

type Columns = Record<string, RawBuilder<unknown>>

interface Table {
  key: Columns
  required: Columns
  optional?: Columns
  /** The database works them out itself, from other columns of the row. */
  generated?: Record<string, { type: RawBuilder<unknown>; from: RawBuilder<unknown> }>
  unique?: string
  /** A column each, or several with a comma between. */
  indexes?: string[]
}

/** May be run twice: what is there already stays as it is. */
export async function up(db: Kysely<unknown>, dialect: Dialect): Promise<void> {
  for (const [name, table] of Object.entries(tables(dialect))) await create(db, dialect, name, table)
  // It exists from the start, so that nobody else can be the first to make it.
  await sql`insert ${dialect.orIgnore} into gatelodge_groups (name, description, created_at, changes)
    values ('administrators', 'Administrators of this site', ${Date.now()}, 0)`.execute(db)
}

function tables({ columns }: Dialect): Record<string, Table> {
  const { id, digest, moment, count, ascii255, ascii1000, ascii4000, text100, text254, text1000, json } = columns
  return {
    gatelodge_accounts: {
      key: { id },
      required: {
        ...{ name: text100, email: text254, email_key: digest, created_at: moment },
        ...{ password_version: count, factor_version: count, has_app: count },
        ...{ member_of: ascii4000, recent: text1000, email_sorted: ascii255, name_sorted: text100 },
      },
      optional: {
        ...{ disabled_at: moment, verified_at: moment, pending_email: text254, deletes_at: moment },
        ...{ password_changed_at: moment, password_demanded_at: moment, fields: json },
        ...{ asks_passkey_since: moment, passkey_offer_answered_at: moment },
      },
      generated: {
        has_second_factor: {
          type: count,
          from: sql`case when has_app = 1 or asks_passkey_since is not null then 1 else 0 end`,
        },
        state: {
          type: count,
          from: sql`case when deletes_at = 0 then 3 when deletes_at is not null then 2
            when disabled_at is not null then 1 else 0 end`,
        },
      },
      unique: 'email_key',
      // The key of the table, so the order of registration, is part of each.
      indexes: ['deletes_at', 'state', 'state,email_sorted', 'state,name_sorted'],
    },
    gatelodge_passwords: {
      key: { account_id: id },
      required: { hash: ascii1000 },
      optional: { foreign_format: ascii255 },
      indexes: ['foreign_format'],
    },
    gatelodge_sessions: {
      key: { token_hash: digest },
      required: {
        ...{ account_id: id, created_at: moment, last_seen_at: moment, remembered: count, methods: text1000 },
      },
      optional: {
        ...{ id, device: text100, client_address: ascii255, reauthenticated_at: moment },
        ...{ ended_at: moment, ended_by: ascii255 },
      },
      indexes: ['account_id', 'last_seen_at', 'ended_at'],
    },
    gatelodge_logins_under_way: {
      key: { token_hash: digest },
      required: {
        ...{ account_id: id, password_version: count, factor_version: count, methods: text1000 },
        ...{ remembered: count, is_bearer: count, device: text100, client_address: ascii255 },
        ...{ tries: count, started_at: moment, expires_at: moment },
      },
      optional: { return_to: text1000, used_at: moment, used_by: id },
      indexes: ['account_id', 'expires_at'],
    },
    gatelodge_totp: {
      key: { account_id: id },
      required: { secret: ascii255, last_step: moment, created_at: moment },
      optional: { last_used_at: moment },
    },
    gatelodge_recovery_codes: {
      key: { id },
      required: { account_id: id, hash: ascii255, created_at: moment },
      optional: { used_at: moment, used_by: id },
      indexes: ['account_id'],
    },
    gatelodge_trusted_devices: {
      key: { token_hash: digest },
      required: {
        ...{ id, account_id: id, password_version: count, factor_version: count },
        ...{ device: text100, client_address: ascii255, created_at: moment, expires_at: moment },
      },
      indexes: ['account_id', 'expires_at'],
    },
    gatelodge_passkeys: {
      key: { id },
      required: {
        ...{ account_id: id, credential_key: digest, credential_id: ascii4000, public_key: ascii4000 },
        ...{ counter: moment, transports: ascii255, backup_eligible: count, backup_state: count, user_verified: count },
        ...{ aaguid: ascii255, rp_id: ascii255, name: text100, created_at: moment },
      },
      optional: { last_used_at: moment },
      unique: 'credential_key',
      indexes: ['account_id'],
    },
    gatelodge_connections: {
      key: { id },
      required: {
        ...{ account_id: id, subject_key: digest, provider: ascii255, issuer: text1000, subject: text1000 },
        created_at: moment,
      },
      optional: { email: text1000, last_used_at: moment },
      unique: 'subject_key',
      indexes: ['account_id'],
    },
    gatelodge_used_challenges: {
      key: { token_hash: digest },
      required: { expires_at: moment, used_by: id },
      indexes: ['expires_at'],
    },
    gatelodge_tokens: {
      key: { token_hash: digest },
      required: {
        ...{ purpose: ascii255, account_id: id, address_key: digest, created_at: moment, expires_at: moment },
      },
      optional: { used_at: moment, used_by: id },
      indexes: ['account_id', 'address_key', 'expires_at'],
    },
    gatelodge_registrations: {
      key: { token_hash: digest },
      required: {
        ...{ account_id: id, name: text100, email: text254, email_key: digest },
        ...{ created_at: moment, expires_at: moment },
      },
      optional: { hash: ascii255, fields: json, invitation_id: id },
      indexes: ['email_key', 'expires_at'],
    },
    gatelodge_emails: {
      key: { id },
      required: { kind: ascii255, sealed: ascii4000, created_at: moment, good_until: moment, tries: count },
      optional: { account_id: id, due_at: moment, sent_at: moment, failed_at: moment, failure: ascii255 },
      indexes: ['account_id', 'due_at', 'failed_at'],
    },
    gatelodge_attempts: {
      key: { attempt_key: digest },
      required: { tries: count, waits_until: moment, forgotten_at: moment },
      indexes: ['forgotten_at'],
    },
    gatelodge_groups: {
      key: { name: ascii255 },
      required: { description: text1000, created_at: moment, changes: count },
      optional: { closed_at: moment },
    },
    gatelodge_group_members: {
      key: { account_id: id, group_name: ascii255 },
      required: { added_at: moment },
      indexes: ['group_name'],
    },
    gatelodge_api_keys: {
      key: { id },
      required: {
        ...{ name: ascii255, secret_hash: digest, scopes: ascii1000 },
        ...{ created_at: moment, created_by: ascii255, expires_at: moment },
      },
      optional: { revoked_at: moment, last_used_at: moment },
      unique: 'name',
    },
    gatelodge_invitations: {
      key: { id },
      required: {
        ...{ token_hash: digest, group_names: ascii4000, most_uses: count, used: count },
        ...{ created_at: moment, expires_at: moment, actor: ascii255 },
      },
      optional: { email: text254, email_key: digest, revoked_at: moment },
      unique: 'token_hash',
      indexes: ['email_key', 'expires_at'],
    },
    gatelodge_bulk_acts: {
      key: { id },
      required: {
        ...{ act: ascii255, actor: ascii255, client_address: ascii255, device: text100, request_id: ascii255 },
        created_at: moment,
      },
      optional: { group_name: ascii255, note: text1000, finished_at: moment },
      indexes: ['finished_at', 'created_at'],
    },
    gatelodge_bulk_accounts: {
      key: { bulk_id: id, account_id: id },
      required: {},
      optional: { outcome: ascii255 },
      indexes: ['account_id'],
    },
    gatelodge_imports: {
      key: { id },
      required: {
        ...{ source: text1000, system: ascii255, started_at: moment, seen_at: moment },
        ...{ rows_read: count, share: count, imported: count, rejected: count, is_whole: count },
      },
      optional: { ended_at: moment },
      indexes: ['seen_at'],
    },
    gatelodge_audit: {
      key: { id },
      required: {
        ...{ at: moment, event: ascii255, client_address: ascii255, device: text100 },
        ...{ outcome: ascii255, request_id: ascii255 },
      },
      optional: {
        ...{ account_id: id, address_hash: digest, reason: ascii255, methods: ascii255 },
        ...{ actor: ascii255, note: text1000 },
      },
      // The key of the table is part of each: an account's last events are read from its end, those of a day are a range.
      indexes: ['account_id', 'event'],
    },
  }
}

async function create(
  db: Kysely<unknown>,
  { tableOptions, makesIndexesWithTables }: Dialect,
  name: string,
  { key, required, optional = {}, generated = {}, unique, indexes = [] }: Table,
): Promise<void> {
  let table = db.schema.createTable(name).ifNotExists()
  for (const [column, type] of Object.entries(key))
    table = table.addColumn(column, type as never, (built) => built.notNull())
  for (const [column, type] of Object.entries(required))
    table = table.addColumn(column, type as never, (built) =>
      column === unique ? built.notNull().unique() : built.notNull(),
    )
  for (const [column, type] of Object.entries(optional)) table = table.addColumn(column, type as never)
  for (const [column, { type, from }] of Object.entries(generated))
    table = table.addColumn(column, type as never, (built) => built.generatedAlwaysAs(from).stored())
  const named = indexes.map((list) => ({ columns: list.split(','), index: `${name}_${list.replaceAll(',', '_')}` }))
  if (makesIndexesWithTables) for (const { index, columns } of named) table = table.addIndex(index, columns as never)
  await table
    .addPrimaryKeyConstraint(`${name}_key`, Object.keys(key) as never)
    .modifyEnd(tableOptions)
    .execute()
  if (makesIndexesWithTables) return
  for (const { index, columns } of named)
    await db.schema.createIndex(index).ifNotExists().on(name).columns(columns).execute()
}
