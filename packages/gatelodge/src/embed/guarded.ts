// Where guards leave who it is: at `gatelodge` of the request, so that a handler need not ask again.
import type { IncomingMessage } from 'node:http'
import type { Who } from './who.ts'

/** A request behind a guard that demands an account: of node:http, unless you name another. */
export type Guarded<Request extends object = IncomingMessage> = Request & { gatelodge: Who }

declare global {
  namespace Express {
    interface Request {
      /** Who it is; null: a visitor, whom `optionalAccount` let pass. Missing where no guard ran. */
      gatelodge?: Who | null
    }
  }
}

/** @param who null: a visitor. */
export function leave(request: object, who: Who | null): void {
  Object.assign(request, { gatelodge: who })
}
