// ALL differences between SQLite and MySQL (which here means MariaDB too), so that nothing else asks which it is.
import { type Kysely, type RawBuilder, sql } from 'kysely'
import { type DatabaseFault, mysqlFaultOf, sqliteFaultOf } from './faults.ts'

export interface Dialect {
  name: 'sqlite' | 'mysql'
  /** Column types; text is compared byte by byte everywhere. */
  columns: Record<
    | 'id'
    | 'digest'
    | 'moment'
    | 'count'
    | 'ascii255'
    | 'ascii1000'
    | 'ascii4000'
    | 'text100'
    | 'text254'
    | 'text1000'
    | 'json',
    RawBuilder<unknown>
  >
  /** Put behind CREATE TABLE. */
  tableOptions: RawBuilder<unknown>
  /** Put behind a SELECT inside a write, so that the row it read cannot change before the COMMIT. */
  shareLock: RawBuilder<unknown>
  /** Put behind a SELECT of a row that this transaction goes on to change: nobody else gets it before the COMMIT. */
  updateLock: RawBuilder<unknown>
  /** One after the other they begin to read all tables as they are at this moment, on one connection, and lock nothing. */
  beginSnapshot: RawBuilder<unknown>[]
  /** Put behind INSERT: a row whose key is there already is left as it is. */
  orIgnore: RawBuilder<unknown>
  /** Whether tables can be made in a transaction: all at once then, for the disk is waited for at each COMMIT. */
  makesTablesInTransactions: boolean
  /** Whether CREATE TABLE makes its indexes too; where not, each is a statement of its own. */
  makesIndexesWithTables: boolean
  /** Whether that table is there. One cheap question: it is asked at each start. */
  hasTable(db: Kysely<unknown>, table: string): Promise<boolean>
  /** Whether a table has that column: a migration may be run twice. */
  hasColumn(db: Kysely<unknown>, table: string, column: string): Promise<boolean>
  /** Where no writes are taken, one that finds no row is refused, too. */
  refusesEmptyWrites: boolean
  faultOf(error: unknown): DatabaseFault
}

export const sqlite: Dialect = {
  name: 'sqlite',
  columns: {
    id: sql`blob`,
    digest: sql`blob`,
    moment: sql`integer`,
    count: sql`integer`,
    ascii255: sql`text`,
    ascii1000: sql`text`,
    ascii4000: sql`text`,
    text100: sql`text`,
    text254: sql`text`,
    text1000: sql`text`,
    json: sql`text`,
  },
  tableOptions: sql`strict, without rowid`,
  // A writing transaction already has the file to itself.
  shareLock: sql``,
  updateLock: sql``,
  // The moment is that of the first row that is read.
  beginSnapshot: [sql`begin deferred`, sql`select 1 from sqlite_master limit 1`],
  orIgnore: sql`or ignore`,
  makesTablesInTransactions: true,
  makesIndexesWithTables: false,
  async hasTable(db, table) {
    const { rows } = await sql`select 1 from sqlite_master where type = 'table' and name = ${table}`.execute(db)
    return rows.length > 0
  },
  async hasColumn(db, table, column) {
    const { rows } = await sql`select 1 from pragma_table_info(${table}) where name = ${column}`.execute(db)
    return rows.length > 0
  },
  refusesEmptyWrites: false,
  faultOf: sqliteFaultOf,
}

export const mysql: Dialect = {
  name: 'mysql',
  columns: {
    id: sql`binary(16)`,
    digest: sql`binary(32)`,
    moment: sql`bigint`,
    count: sql`int`,
    ascii255: sql`varchar(255) character set ascii collate ascii_bin`,
    ascii1000: sql`varchar(1000) character set ascii collate ascii_bin`,
    ascii4000: sql`varchar(4000) character set ascii collate ascii_bin`,
    text100: sql`varchar(100) character set utf8mb4 collate utf8mb4_bin`,
    text254: sql`varchar(254) character set utf8mb4 collate utf8mb4_bin`,
    text1000: sql`varchar(1000) character set utf8mb4 collate utf8mb4_bin`,
    json: sql`text character set utf8mb4 collate utf8mb4_bin`,
  },
  tableOptions: sql`engine=InnoDB default charset=utf8mb4 collate=utf8mb4_bin`,
  // The spelling that MySQL and MariaDB share.
  shareLock: sql`lock in share mode`,
  updateLock: sql`for update`,
  beginSnapshot: [
    sql`set transaction isolation level repeatable read`,
    sql`start transaction with consistent snapshot, read only`,
  ],
  orIgnore: sql`ignore`,
  makesTablesInTransactions: false,
  // The server waits for its disk at every statement that makes something: a first start took twice as long without this.
  makesIndexesWithTables: true,
  async hasTable(db, table) {
    const { rows } = await sql`select 1 from information_schema.tables
      where table_schema = database() and table_name = ${table}`.execute(db)
    return rows.length > 0
  },
  async hasColumn(db, table, column) {
    const { rows } = await sql`select 1 from information_schema.columns
      where table_schema = database() and table_name = ${table} and column_name = ${column}`.execute(db)
    return rows.length > 0
  },
  refusesEmptyWrites: true,
  faultOf: mysqlFaultOf,
}
