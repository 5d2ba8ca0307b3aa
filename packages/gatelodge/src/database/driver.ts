// What differs below Kysely: each kind of database gives one of these.
import type { Dialect as KyselyDialect } from 'kysely'
import type { Milliseconds } from '../time.ts'
import type { Dialect } from './dialect.ts'

export type ReadRow = Record<string, unknown>

export interface Driver {
  dialect: Dialect
  /** The longest that it waits for a connection, and for a statement. */
  timeout: Milliseconds
  kyselyDialect: KyselyDialect
  /** One prepared statement, outside any transaction. */
  read(text: string, values: readonly unknown[]): Promise<ReadRow[]>
  /** Whether it is known to be away, so that nothing is sent for now. */
  isAway?(): boolean
  /** @throws where the database does not answer. */
  check(): Promise<void>
  close(): Promise<void>
}
