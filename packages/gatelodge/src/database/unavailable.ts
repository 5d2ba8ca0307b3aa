import { type Milliseconds, seconds } from '../time.ts'

/** The database cannot be reached or is not ready. Becomes the 503 page with `Retry-After`. */
export class Unavailable extends Error {
  readonly retryAfter: Milliseconds

  constructor(why: string, options: { cause?: unknown; retryAfter?: Milliseconds } = {}) {
    super(why, { cause: options.cause })
    this.name = 'Unavailable'
    this.retryAfter = options.retryAfter ?? seconds(5)
  }
}
