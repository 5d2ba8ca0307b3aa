// Counted attempts, and the record of what happened.
import type { Kysely } from 'kysely'
import type { Dialect } from '../dialect.ts'

/** May be run twice. */
export async function up(db: Kysely<unknown>, dialect: Dialect): Promise<void> {
  const { columns, tableOptions, createIndex } = dialect
  await db.schema
    .createTable('gatelodge_attempts')
    .ifNotExists()
    .addColumn('attempt_key', columns.digest, (column) => column.notNull().primaryKey())
    .addColumn('tries', columns.count, (column) => column.notNull())
    .addColumn('waits_until', columns.moment, (column) => column.notNull())
    .addColumn('forgotten_at', columns.moment, (column) => column.notNull())
    .modifyEnd(tableOptions)
    .execute()
  await createIndex(db, 'gatelodge_attempts', 'forgotten_at')
  await db.schema
    .createTable('gatelodge_audit')
    .ifNotExists()
    .addColumn('id', columns.id, (column) => column.notNull().primaryKey())
    .addColumn('at', columns.moment, (column) => column.notNull())
    .addColumn('event', columns.ascii255, (column) => column.notNull())
    .addColumn('account_id', columns.id)
    .addColumn('address_hash', columns.digest)
    .addColumn('client_address', columns.ascii255, (column) => column.notNull())
    .addColumn('device', columns.text100, (column) => column.notNull())
    .addColumn('outcome', columns.ascii255, (column) => column.notNull())
    .addColumn('reason', columns.ascii255)
    .addColumn('request_id', columns.ascii255, (column) => column.notNull())
    .modifyEnd(tableOptions)
    .execute()
  // The key of the table comes with it: an account's last events are read from its end.
  await createIndex(db, 'gatelodge_audit', 'account_id')
  if (await dialect.hasColumn(db, 'gatelodge_accounts', 'recent')) return
  await db.schema
    .alterTable('gatelodge_accounts')
    .addColumn('recent', columns.text1000, (column) => column.notNull().defaultTo(''))
    .execute()
}
