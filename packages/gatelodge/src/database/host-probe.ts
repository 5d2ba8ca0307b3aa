// One connection for one question: what is this server in its cluster? Of its own, since those of the pool may all hang.
import { type ConnectionOptions, createConnection } from 'mysql2'
import type { Milliseconds } from '../time.ts'
import { type Ask, factsOf } from './host-facts.ts'
import { onceWithin } from './mysql-connection.ts'
import type { HostFacts } from './writer.ts'

/** @param limit for each statement, the first with the connection. */
export async function probeHost(options: ConnectionOptions, limit: Milliseconds): Promise<HostFacts> {
  const connection = createConnection({ ...options, connectTimeout: limit, disableEval: true })
  // An error rejects the statement that waits for its answer, too.
  connection.on('error', () => {})
  const ask: Ask = (text) =>
    new Promise((resolve, reject) => {
      const answer = onceWithin(limit, (error, rows?: unknown) =>
        error ? reject(error as Error) : resolve(rows as Record<string, unknown>[]),
      )
      connection.query(text, answer)
    })
  try {
    return await factsOf(ask)
  } finally {
    connection.destroy()
  }
}
