// Who is asking: what another program learns of a session.
import type { IncomingHttpHeaders } from 'node:http'
import { type PublicAccount, publicAccount } from '../identity/accounts/public-account.ts'
import { methodNames } from '../identity/logins/methods.ts'
import type { FoundSession } from '../identity/sessions/lookup.ts'
import type { Services } from '../services.ts'
import { findSession as findIn } from '../web/session/session-cookie.ts'

/** Who is logged in: the account, and the session of this request. */
export interface Who {
  /** Whose session it is. */
  account: PublicAccount
  /** The session of this request. */
  session: {
    /** When the user logged in. */
    startedAt: Date
    /** When the password was last typed in this session; null where that is not known. */
    reauthenticatedAt: Date | null
    /** Whether "Keep me logged in" was ticked. */
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
 * @returns `two-credentials` for a request with both a session cookie and a bearer token of ours.
 * @throws {Unavailable} where the database is away.
 */
export async function findSession(
  services: Services,
  asking: Asking,
): Promise<FoundSession | 'two-credentials' | null> {
  const headers = { cookie: headerOf(asking, 'cookie'), authorization: headerOf(asking, 'authorization') }
  const found = await findIn(services, headers)
  return typeof found === 'object' ? found.session : (found ?? null)
}

/** @param name of one that comes once: not Set-Cookie. */
export function headerOf(asking: Asking, name: string): string | undefined {
  const headers = asking instanceof Headers ? asking : asking.headers
  return headers instanceof Headers ? (headers.get(name) ?? undefined) : (headers[name] as string | undefined)
}

/** A copy of all of them, in the Web's form. */
export function headersOf(asking: Asking): Headers {
  const headers = asking instanceof Headers ? asking : asking.headers
  if (headers instanceof Headers) return new Headers(headers)
  const pairs = Object.entries(headers).flatMap(([name, value]) => [value ?? []].flat().map((one) => [name, one]))
  // Of HTTP/2 some names begin with a colon: they are no headers.
  return new Headers(pairs.filter(([name]) => !name?.startsWith(':')) as [string, string][])
}

export function whoOf({
  account,
  createdAt,
  reauthenticatedAt,
  remembered,
  methods,
  authenticatedAt,
}: FoundSession): Who {
  return {
    account: publicAccount(account),
    session: {
      startedAt: new Date(createdAt),
      reauthenticatedAt: reauthenticatedAt ? new Date(reauthenticatedAt) : null,
      remembered,
      methods: methodNames(methods),
      authenticatedAt: new Date(authenticatedAt),
    },
  }
}
