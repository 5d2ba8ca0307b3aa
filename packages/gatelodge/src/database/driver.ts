// What differs below Kysely: each kind of database gives one of these.
import type { Dialect as KyselyDialect } from 'kysely'
import type { Dialect } from './dialect.ts'

export type ReadRow = Record<string, unknown>

export interface Driver {
  dialect: Dialect
  kyselyDialect: KyselyDialect
  /** One prepared statement, outside any transaction. */
  read(text: string, values: readonly unknown[]): Promise<ReadRow[]>
  /** @throws where the database does not answer. */
  check(): Promise<void>
  close(): Promise<void>
}
