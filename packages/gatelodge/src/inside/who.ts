// Who is asking: what another program learns of a session.
import type { IncomingHttpHeaders } from 'node:http'
import { type ToldAccount, toldAccount } from '../identity/accounts/told.ts'
import { methodNames } from '../identity/logins/methods.ts'
import type { FoundSession } from '../identity/sessions/lookup.ts'
import type { Services } from '../services.ts'
import { findSessionToken } from '../web/session-cookie.ts'

export interface Who {
  account: ToldAccount
  session: {
    startedAt: Date
    /** When the password was last typed in it; null where nobody knows. */
    confirmedAt: Date | null
    remembered: boolean
    /** How its owner proved who they are, by the names of RFC 8176: `['pwd']`. */
    methods: string[]
    /** The moment of the last proof. */
    authenticatedAt: Date
  }
}

/** A Web Request, a request of Node, Express or Fastify, or the headers alone. */
export type Asking = Headers | { headers: Headers | IncomingHttpHeaders }

/**
 * Writes nothing, and asks the database once; not at all for a visitor.
 * @throws {Unavailable} where the database is away.
 */
export async function findSession({ settings, sessions }: Services, asking: Asking): Promise<FoundSession | null> {
  const token = findSessionToken(settings, headerOf(asking, 'cookie'))
  const found = token ? await sessions.resume(token) : undefined
  return found && !('ended' in found) ? found : null
}

/** @param name of one that comes once: not Set-Cookie. */
export function headerOf(asking: Asking, name: string): string | undefined {
  const headers = asking instanceof Headers ? asking : asking.headers
  return headers instanceof Headers ? (headers.get(name) ?? undefined) : (headers[name] as string | undefined)
}

export function whoOf({ account, createdAt, confirmedAt, remembered, methods, authenticatedAt }: FoundSession): Who {
  return {
    account: toldAccount(account),
    session: {
      startedAt: new Date(createdAt),
      confirmedAt: confirmedAt ? new Date(confirmedAt) : null,
      remembered,
      methods: methodNames(methods),
      authenticatedAt: new Date(authenticatedAt),
    },
  }
}
