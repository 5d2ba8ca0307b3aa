// One connection to MySQL or MariaDB: every statement either answers in time or ends the connection.
import type { PoolConnection } from 'mysql2'
import type { Milliseconds } from '../time.ts'
import type { Breaker } from './breaker.ts'
import { mysql } from './dialect.ts'
import { asParameter } from './mysql-values.ts'

/** What mysql2 gives: rows, or what a write has done. */
export type MysqlAnswer = Record<string, unknown>[] | { affectedRows: number; insertId: number; changedRows?: number }

export interface LimitedConnection {
  /** Values go apart from the text, always. */
  send(text: string, values: readonly unknown[]): Promise<MysqlAnswer>
  release(): void
  destroy(): void
}

export interface Watch {
  timeout: Milliseconds
  breaker: Breaker
  /** It is of no use any more. */
  onLost(): void
  /** Another host may be the writer by now. */
  onDoubt?: (() => void) | undefined
}

export function limitedConnection(
  raw: PoolConnection,
  { timeout, breaker, onLost, onDoubt }: Watch,
): LimitedConnection {
  return {
    send: (text, values) =>
      new Promise((resolve, reject) => {
        const answer = onceWithin(timeout, (error, result?: unknown) => {
          if (!error) {
            breaker.succeeded()
            return resolve(result as MysqlAnswer)
          }
          if (isTimeout(error)) breaker.failed()
          if (endsConnection(error)) {
            raw.destroy()
            onLost()
          } else breaker.succeeded()
          if (endsConnection(error) || (error as { errno?: number }).errno === groupRefused) onDoubt?.()
          reject(error as Error)
        })
        try {
          speak(raw, text, values, answer)
        } catch (error) {
          answer(error)
        }
      }),
    release: () => raw.release(),
    destroy: () => raw.destroy(),
  }
}

/**
 * Text alone, or a prepared statement: mysql2's own way of putting values into a text escapes them with backslashes, and
 * what a backslash means is for the server to say.
 */
function speak(raw: PoolConnection, text: string, values: readonly unknown[], answer: (error: unknown) => void): void {
  // BEGIN, COMMIT, SET and what makes tables cannot be prepared everywhere, and have no values.
  if (values.length === 0) raw.query(text, answer)
  else raw.execute(text, values.map(asParameter) as never, answer)
}

/** The group has rolled the transaction back; the connection goes on. */
const groupRefused = 3101

function endsConnection(error: unknown): boolean {
  const fault = mysql.faultOf(error)
  return fault === 'lost' || fault === 'unwritable'
}

/** A connection that was cut says nothing of the server, the next one may work; one that is silent does. */
export function isTimeout(error: unknown): boolean {
  return (error as { code?: string }).code === 'DATABASE_TIMEOUT'
}

/** Calls `done` once: with what came, or with a time-out. The function it gives tells whether anyone still listened. */
export function onceWithin<T>(limit: Milliseconds, done: (error: unknown, value?: T) => void) {
  let open = true
  const timer = setTimeout(() => {
    open = false
    done(Object.assign(new Error('the database did not answer in time'), { code: 'DATABASE_TIMEOUT' }))
  }, limit)
  return (error: unknown, value?: T): boolean => {
    if (!open) return false
    open = false
    clearTimeout(timer)
    done(error, value)
    return true
  }
}
