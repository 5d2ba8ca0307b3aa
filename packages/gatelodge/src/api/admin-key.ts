// The key of a program that works for the people who run the site: what it may do, and what becomes of one that may not.
import type { MiddlewareHandler } from 'hono'
import type { Attempts, RateLimited, Tries } from '../identity/attempts/rules.ts'
import { changes, refusals } from '../identity/keys/limits.ts'
import { keyPrefix } from '../identity/keys/rules.ts'
import type { ApiKey } from '../identity/keys/storage.ts'
import { rateLimitedProblem } from '../web/forms/rate-limited.ts'
import { problem } from '../web/http/answer.ts'
import type { AppEnv, Context } from '../web/http/context.ts'
import { requestSourceOf } from '../web/http/request-source.ts'
import { bearerToken } from '../web/session/bearer.ts'
import { currentSession } from '../web/session/session-cookie.ts'
import type { Operation } from './operation.ts'

/** Nobody else gets in: no session, no key that is over, no key without the scope. */
export function withKey({ id, method, admin }: Pick<Operation, 'id' | 'method' | 'admin'>): MiddlewareHandler<AppEnv> {
  return async (c, next) => {
    const { keys, attempts } = c.get('services')
    const token = bearerToken(c)
    const key = token?.startsWith(keyPrefix) ? await keys.find(token) : undefined
    const state = key ? keys.stateOf(key) : 'no-key'
    if (!key || state !== 'active') return refuse(c, key, `${id} ${state}`, () => problem(c, 'key-required'))
    if (!admin || !key.scopes.includes(admin.scope))
      return refuse(c, key, `${id} scope`, () => outOfScope(c, admin?.scope))
    const limited = method === 'POST' ? await countChange(attempts, key) : undefined
    if (limited) return rateLimitedProblem(c, limited.wait)
    keys.noteUse(key)
    c.set('key', key)
    return next()
  }
}

/** Who asks for an act, as acts take it. Behind `withKey`. */
export function orderByKey(c: Context, reason?: string) {
  const key = c.get('key')
  if (!key) throw new Error('this operation lacks its key')
  return { actor: actorOf(key), scopes: key.scopes, reason, source: requestSourceOf(c) }
}

const actorOf = ({ name }: Pick<ApiKey, 'name'>) => `key:${name}`

/** It is recorded. After too many refusals there is no record any more, and a 429. */
async function refuse(c: Context, key: ApiKey | undefined, reason: string, answer: () => Response): Promise<Response> {
  const { attempts, audit } = c.get('services')
  const source = requestSourceOf(c)
  const account = key ? undefined : (await currentSession(c))?.account.id
  const about = { reason, ...(key && { actor: actorOf(key) }), ...(account && { account }) }
  const limited = await attempts.fail(triesOf(c, key?.id ?? account), audit.record('key.refused', source, about))
  return limited ? rateLimitedProblem(c, limited.wait) : answer()
}

function triesOf(c: Context, whose: Buffer | undefined): Tries {
  const { attempts } = c.get('services')
  if (whose) return attempts.of('key refused', whose.toString('hex'), refusals)
  return attempts.from('key refused from', requestSourceOf(c).clientAddress, refusals)
}

/** RFC 6750, section 3.1. */
function outOfScope(c: Context, scope = ''): Response {
  return problem(c, 'key-scope', {
    headers: { 'www-authenticate': `Bearer error="insufficient_scope", scope="${scope}"` },
  })
}

/** In a transaction of its own, before anything is changed. */
async function countChange(attempts: Attempts, { id }: ApiKey): Promise<RateLimited | undefined> {
  const tries = attempts.of('key change', id.toString('hex'), changes)
  const outcome = await attempts.within(
    tries,
    async (trx) => {
      await attempts.count(trx, tries)
      return undefined
    },
    async () => undefined,
  )
  return outcome === 'duplicate' ? undefined : outcome
}
