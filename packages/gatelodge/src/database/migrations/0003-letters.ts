// Letters and the links in them, what a list of devices shows, and the end of an account.
import type { Kysely, RawBuilder } from 'kysely'
import type { Dialect } from '../dialect.ts'

/** May be run twice. */
export async function up(db: Kysely<unknown>, dialect: Dialect): Promise<void> {
  await createTables(db, dialect)
  const { columns, createIndex } = dialect
  const add = addColumns(db, dialect)
  await add('gatelodge_accounts', {
    verified_at: columns.moment,
    pending_email: columns.text254,
    deletes_at: columns.moment,
  })
  await createIndex(db, 'gatelodge_accounts', 'deletes_at')
  await add('gatelodge_sessions', {
    id: columns.id,
    device: columns.text100,
    client_address: columns.ascii255,
    confirmed_at: columns.moment,
    ended_at: columns.moment,
    ended_by: columns.ascii255,
  })
  await createIndex(db, 'gatelodge_sessions', 'ended_at')
}

async function createTables(db: Kysely<unknown>, { columns, tableOptions, createIndex }: Dialect): Promise<void> {
  await db.schema
    .createTable('gatelodge_tokens')
    .ifNotExists()
    .addColumn('token_hash', columns.digest, (column) => column.notNull().primaryKey())
    .addColumn('purpose', columns.ascii255, (column) => column.notNull())
    .addColumn('account_id', columns.id, (column) => column.notNull())
    .addColumn('address_key', columns.digest, (column) => column.notNull())
    .addColumn('created_at', columns.moment, (column) => column.notNull())
    .addColumn('expires_at', columns.moment, (column) => column.notNull())
    .addColumn('used_at', columns.moment)
    .addColumn('used_by', columns.id)
    .modifyEnd(tableOptions)
    .execute()
  await createIndex(db, 'gatelodge_tokens', 'account_id')
  await createIndex(db, 'gatelodge_tokens', 'address_key')
  await createIndex(db, 'gatelodge_tokens', 'expires_at')
  await db.schema
    .createTable('gatelodge_letters')
    .ifNotExists()
    .addColumn('id', columns.id, (column) => column.notNull().primaryKey())
    .addColumn('account_id', columns.id)
    .addColumn('kind', columns.ascii255, (column) => column.notNull())
    .addColumn('sealed', columns.ascii4000, (column) => column.notNull())
    .addColumn('created_at', columns.moment, (column) => column.notNull())
    .addColumn('good_until', columns.moment, (column) => column.notNull())
    .addColumn('due_at', columns.moment)
    .addColumn('tries', columns.count, (column) => column.notNull())
    .addColumn('sent_at', columns.moment)
    .addColumn('failed_at', columns.moment)
    .addColumn('failure', columns.ascii255)
    .modifyEnd(tableOptions)
    .execute()
  await createIndex(db, 'gatelodge_letters', 'account_id')
  await createIndex(db, 'gatelodge_letters', 'due_at')
  await db.schema
    .createTable('gatelodge_registrations')
    .ifNotExists()
    .addColumn('token_hash', columns.digest, (column) => column.notNull().primaryKey())
    .addColumn('account_id', columns.id, (column) => column.notNull())
    .addColumn('name', columns.text100, (column) => column.notNull())
    .addColumn('email', columns.text254, (column) => column.notNull())
    .addColumn('email_key', columns.digest, (column) => column.notNull())
    .addColumn('hash', columns.ascii255, (column) => column.notNull())
    .addColumn('created_at', columns.moment, (column) => column.notNull())
    .addColumn('expires_at', columns.moment, (column) => column.notNull())
    .modifyEnd(tableOptions)
    .execute()
  await createIndex(db, 'gatelodge_registrations', 'email_key')
  await createIndex(db, 'gatelodge_registrations', 'expires_at')
}

function addColumns(db: Kysely<unknown>, dialect: Dialect) {
  return async (table: string, added: Record<string, RawBuilder<unknown>>) => {
    for (const [column, type] of Object.entries(added)) {
      // Empty for the rows that are there already: what nobody knew of them.
      if (await dialect.hasColumn(db, table, column)) continue
      await db.schema
        .alterTable(table)
        .addColumn(column, type as never)
        .execute()
    }
  }
}
