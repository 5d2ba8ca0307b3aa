// WebSockets and event streams of the app behind may stay open for days. They end with the session that opened them.
import type { Sessions } from '../../identity/sessions/rules.ts'
import type { Milliseconds } from '../../time.ts'

interface Connection {
  destroyed: boolean
  destroy(): unknown
  once(event: 'close', listener: () => void): unknown
}

export interface LongLived {
  /** @param token of the session that opened it; undefined: it was open to everybody, and stays so. */
  add(connection: Connection, token: string | undefined): void
  /** Ends them all. */
  close(): void
}

/** As many as one statement asks for. */
const batch = 64

/** @param every how often it is asked whether their sessions still live: one that is over counts so long at most. */
export function createLongLived(sessions: Pick<Sessions, 'resume'>, every: Milliseconds): LongLived {
  const open = new Map<Connection, string | undefined>()
  const timer = setInterval(() => void look(), every).unref()
  let isLooking = false

  async function look(): Promise<void> {
    if (isLooking) return
    isLooking = true
    const asked = [...open].filter((one): one is [Connection, string] => one[1] !== undefined)
    for (let start = 0; start < asked.length; start += batch) {
      // While the database is away nothing is known of anybody: the next look decides.
      await Promise.all(asked.slice(start, start + batch).map(endIfOver)).catch(() => {})
    }
    isLooking = false
  }

  /** An open connection is no use of the session: a tab that was left open must not keep it alive. */
  async function endIfOver([connection, token]: [Connection, string]): Promise<void> {
    const found = await sessions.resume(token, { isUse: false })
    if (!found || 'ended' in found) connection.destroy()
  }

  return {
    add(connection, token) {
      // Gone while its session was looked up: it will not say so again.
      if (connection.destroyed) return
      open.set(connection, token)
      connection.once('close', () => open.delete(connection))
    },
    close() {
      clearInterval(timer)
      for (const connection of open.keys()) connection.destroy()
    },
  }
}
