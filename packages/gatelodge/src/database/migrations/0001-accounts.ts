// Accounts, their passwords, their sessions.
import type { Kysely } from 'kysely'
import type { Dialect } from '../dialect.ts'

/** No foreign keys with cascades: children are deleted in code, in one bounded transaction. May be run twice. */
export async function up(db: Kysely<unknown>, { columns, tableOptions, createIndex }: Dialect): Promise<void> {
  await db.schema
    .createTable('gatelodge_accounts')
    .ifNotExists()
    .addColumn('id', columns.id, (column) => column.notNull().primaryKey())
    .addColumn('name', columns.text100, (column) => column.notNull())
    .addColumn('email', columns.text254, (column) => column.notNull())
    .addColumn('email_key', columns.digest, (column) => column.notNull().unique())
    .addColumn('created_at', columns.moment, (column) => column.notNull())
    .addColumn('disabled_at', columns.moment)
    .modifyEnd(tableOptions)
    .execute()
  await db.schema
    .createTable('gatelodge_passwords')
    .ifNotExists()
    .addColumn('account_id', columns.id, (column) => column.notNull().primaryKey())
    .addColumn('hash', columns.ascii255, (column) => column.notNull())
    .addColumn('version', columns.count, (column) => column.notNull())
    .addColumn('changed_at', columns.moment, (column) => column.notNull())
    .modifyEnd(tableOptions)
    .execute()
  await db.schema
    .createTable('gatelodge_sessions')
    .ifNotExists()
    .addColumn('token_hash', columns.digest, (column) => column.notNull().primaryKey())
    .addColumn('account_id', columns.id, (column) => column.notNull())
    .addColumn('created_at', columns.moment, (column) => column.notNull())
    .addColumn('last_seen_at', columns.moment, (column) => column.notNull())
    .addColumn('remembered', columns.count, (column) => column.notNull())
    .modifyEnd(tableOptions)
    .execute()
  await createIndex(db, 'gatelodge_sessions', 'account_id')
  await createIndex(db, 'gatelodge_sessions', 'last_seen_at')
}
