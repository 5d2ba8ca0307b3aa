// What a row of the table is, and what it is given to measure with.
import type { BenchDatabase } from '../databases.ts'
import type { Pace } from '../options.ts'
import type { Server } from '../processes.ts'
import type { Fields } from '../requests.ts'

export interface Bench {
  database: BenchDatabase
  databaseUrl: string
  /** The product, running on that database. */
  product: Server
  /** Sixteen people with accounts. */
  people: Fields[]
  /** A session cookie of each. */
  sessions: string[]
  pace: Pace
}

export interface Row {
  /** For `--only`. */
  name: string
  /** It takes longer than all others together. */
  onlyWhenNamed?: boolean
  measure(bench: Bench): Promise<Figure[]>
}

/** One line of the table. */
export interface Figure {
  what: string
  value: number
  /** Behind the value, such as " ms". */
  unit?: string
  goal?: Goal
  /** The figures that the value was made of. */
  raw?: string
}

export type Goal = { atLeast: number } | { atMost: number }

export const clients = 16
