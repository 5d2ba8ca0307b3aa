// What to measure, and for how long.
import { parseArgs } from 'node:util'
import type { DatabaseName } from './databases.ts'

export interface Options {
  /** A row's name; all of the default run where none is given. */
  only: string | undefined
  databases: DatabaseName[]
  pace: Pace
}

/** How often two servers are measured in turn, and for how long each time. */
export interface Pace {
  rounds: number
  /** Milliseconds of one round. */
  round: number
}

const calm: Pace = { rounds: 5, round: 2_000 }
const hurried: Pace = { rounds: 2, round: 500 }

export function readOptions(words: string[]): Options {
  const { values } = parseArgs({
    args: words,
    options: {
      only: { type: 'string' },
      database: { type: 'string' },
      quick: { type: 'boolean', default: false },
    },
  })
  return {
    only: values.only,
    databases: (['SQLite', 'MySQL'] as const).filter((name) => values.database?.toLowerCase() !== other[name]),
    pace: values.quick ? hurried : calm,
  }
}

const other = { SQLite: 'mysql', MySQL: 'sqlite' }
