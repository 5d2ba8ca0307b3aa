// What differs below Kysely: each kind of database gives one of these.
import type { Dialect as KyselyDialect } from 'kysely'
import type { Milliseconds } from '../time.ts'
import type { Dialect } from './dialect.ts'

export type ReadRow = Record<string, unknown>

/** `standby`: could be the writer. `secondary`: up to date, takes no writes. `unfit`: neither. `away`: no answer. */
export type HostRole = 'writer' | 'standby' | 'secondary' | 'unfit' | 'away' | 'unknown'

/** One of several hosts, as of the last time that they were asked. */
export interface HostState {
  /** With its port. */
  host: string
  role: HostRole
  /** Why it gave no answer, such as ECONNREFUSED. */
  error?: string
}

export interface Driver {
  dialect: Dialect
  /** The longest that it waits for a connection, and for a statement. */
  timeout: Milliseconds
  kyselyDialect: KyselyDialect
  /** One prepared statement, outside any transaction. */
  read(text: string, values: readonly unknown[]): Promise<ReadRow[]>
  /**
   * Of several hosts: the same statement once `read` has failed.
   * @returns `isWhole`: false where they come from a secondary, which may lack the newest rows; undefined: no host can answer.
   */
  readElsewhere?(text: string, values: readonly unknown[]): Promise<{ rows: ReadRow[]; isWhole: boolean } | undefined>
  /** Of several hosts: which is which; in the order of the URL. Asks nothing. */
  hosts?(): HostState[]
  /** Whether it is known to be away, so that nothing is sent for now. */
  isAway?(): boolean
  /** @throws where the database does not answer. */
  check(): Promise<void>
  close(): Promise<void>
}
