// A provider as the rules see it, whatever it speaks.
import type { Profile } from './profile.ts'

/** What ties an answer to the browser that asked: sealed in its cookie until then. */
export interface Ties {
  state: string
  nonce: string
  /** PKCE (RFC 7636). */
  verifier: string
}

/** `away`: it cannot be reached, or answers as no provider does. `wrong`: its answer is not one to this question. */
export type Failure = { kind: 'failed'; reason: 'away' | 'wrong' | 'cancelled' | 'not-allowed'; why: string }

export interface AskedProvider {
  ties: Ties
  redirect: URL
}

export interface Provider {
  /** @returns where the browser goes. */
  address(asked: AskedProvider): Promise<{ kind: 'address'; url: URL } | Failure>
  /** @param answered the address that the browser came back to, with the query of the provider. */
  profile(asked: AskedProvider, answered: URL): Promise<{ kind: 'profile'; profile: Profile } | Failure>
}

export const failed = (reason: Failure['reason'], why: string): Failure => ({ kind: 'failed', reason, why })

/** What the provider says instead of a code (RFC 6749, section 4.1.2.1). */
export function refusalIn(answered: URL): Failure | undefined {
  const error = answered.searchParams.get('error')
  if (error === null) return undefined
  const isCancelled = ['access_denied', 'user_cancelled_authorize', 'user_cancelled_login'].includes(error)
  const why = error.slice(0, 60).replace(/[^\w.-]/g, '?')
  return failed(isCancelled ? 'cancelled' : error === 'temporarily_unavailable' ? 'away' : 'wrong', why)
}
