// Whatever was thrown becomes a kind page; the details go to the log, under the request's number.
import { isOfDatabase } from '../../database/faults.ts'
import { Unavailable } from '../../database/unavailable.ts'
import { Busy } from '../../identity/passwords/queue.ts'
import { type Milliseconds, seconds } from '../../time.ts'
import type { Context } from './context.ts'
import { failure } from './error-pages.tsx'
import { logEvent } from './log-event.ts'

export function handleError(error: Error, c: Context): Response | Promise<Response> {
  if (error instanceof Unavailable) {
    logEvent(c, 'database.unavailable', { why: error.message, cause: codeOf(error.cause) })
    return failure(c, 'unavailable', retryAfter(error.retryAfter))
  }
  if (error instanceof Busy) {
    logEvent(c, 'hashing.busy', { why: error.message })
    return failure(c, 'busy', retryAfter(error.retryAfter))
  }
  // Away in the middle of a read, held up by someone else's lock, or not made ready yet: all of it passes.
  const { database, readiness } = c.get('services')
  const passes = database.dialect.faultOf(error) !== 'other' || !readiness.wasReady()
  if (passes) return handleError(new Unavailable('the database could not answer', { cause: error }), c)
  logEvent(c, 'request.failed', { err: error })
  // What a database says and nobody has foreseen is for its operator to mend: the site itself is well.
  return isOfDatabase(error) ? failure(c, 'unavailable', retryAfter(unforeseen)) : failure(c, 'failed')
}

const unforeseen: Milliseconds = seconds(5)

/** Whole seconds, as RFC 9110 asks. */
function retryAfter(wait: number): Record<string, string> {
  return { 'retry-after': String(Math.ceil(wait / 1000)) }
}

function codeOf(cause: unknown): string | undefined {
  return (cause as { code?: string } | undefined)?.code
}
