// WebSockets, event streams, downloads and uploads of the app behind may stay open for days. They end with the session that
// opened them.
import type { Sessions } from '../../identity/sessions/rules.ts'
import type { Milliseconds } from '../../time.ts'

interface Connection {
  destroyed: boolean
  destroy(): unknown
  once(event: 'close', listener: () => void): unknown
}

export interface LongLived {
  /**
   * May be called again when more is known of it.
   * @param token of the session that opened it; undefined: it was open to everyone, and stays so.
   * @param end `endless`: only `close()` or its session ends it. `finite`: it ends by itself.
   */
  add(connection: Connection, token: string | undefined, end: 'endless' | 'finite'): void
  /** Ends what is endless, and looks at no session any more. */
  close(): void
}

/** As many as one statement asks for. */
const batch = 64

/** @param every how often it is asked whether their sessions still live: one that is over counts so long at most. */
export function createLongLived(sessions: Pick<Sessions, 'resume'>, every: Milliseconds): LongLived {
  const open = new Map<Connection, { token: string | undefined; end: 'endless' | 'finite' }>()
  const timer = setInterval(() => void look(), every).unref()
  let isLooking = false

  async function look(): Promise<void> {
    if (isLooking) return
    isLooking = true
    const asked = [...open].flatMap(([connection, { token }]) => (token ? [[connection, token] as const] : []))
    for (let start = 0; start < asked.length; start += batch) {
      // While the database is away nothing is known of anyone: the next look decides.
      await Promise.all(asked.slice(start, start + batch).map(endIfOver)).catch(() => {})
    }
    isLooking = false
  }

  /** An open connection is no use of the session: a tab that was left open must not keep it alive. */
  async function endIfOver([connection, token]: readonly [Connection, string]): Promise<void> {
    const found = await sessions.resume(token, { isUse: false })
    if (!found || 'ended' in found) connection.destroy()
  }

  return {
    add(connection, token, end) {
      // Gone while its session was looked up: it will not say so again.
      if (connection.destroyed) return
      if (!open.has(connection)) connection.once('close', () => open.delete(connection))
      open.set(connection, { token, end })
    },
    close() {
      clearInterval(timer)
      for (const [connection, { end }] of open) if (end === 'endless') connection.destroy()
    },
  }
}
