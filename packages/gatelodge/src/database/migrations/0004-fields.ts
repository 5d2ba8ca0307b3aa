// What a site asks at registration beyond name and address, as one text of JSON.
import type { Kysely } from 'kysely'
import type { Dialect } from '../dialect.ts'

/** May be run twice. */
export async function up(db: Kysely<unknown>, dialect: Dialect): Promise<void> {
  for (const table of ['gatelodge_accounts', 'gatelodge_registrations']) {
    // Empty for the rows that are there already: they were asked nothing more.
    if (await dialect.hasColumn(db, table, 'fields')) continue
    await db.schema
      .alterTable(table)
      .addColumn('fields', dialect.columns.json as never)
      .execute()
  }
}
