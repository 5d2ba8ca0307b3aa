// What every request begins and ends with: its number, its services, its line in the log, and a last look at its headers.
import { randomBytes } from 'node:crypto'
import type { MiddlewareHandler } from 'hono'
import { matchedRoutes } from 'hono/route'
import type { Services } from '../../services.ts'
import type { Step } from '../session/step.ts'
import { siteOf } from '../site/site.ts'
import type { AccountPageRow } from '../ui/account-row.tsx'
import type { ConsolePage } from '../ui/console.tsx'
import type { AppEnv } from './context.ts'
import { headersForAll } from './headers.ts'

/** Tells one run of the program from another in request ids. */
const run = randomBytes(4).toString('hex')
let count = 0

export function nextRequestId(): string {
  count += 1
  return `${run}-${count.toString(36)}`
}

interface Answered {
  request: string
  method: string
  /** The pattern, not the address: addresses may hold tokens and names. */
  route: string
  status: number
  /** By the clock of `performance`. */
  started: number
}

export function logRequest({ log }: Pick<Services, 'log'>, { started, ...fields }: Answered): void {
  log.info({ ...fields, ms: Math.round((performance.now() - started) * 10) / 10 }, 'request')
}

/** What pages of several capabilities are made of. */
export interface PageParts {
  accountRows: AccountPageRow[]
  consolePages: ConsolePage[]
}

/** @param steps what must be passed before a session starts, in order. */
export function begin(
  services: Services,
  steps: Step[],
  { accountRows, consolePages }: PageParts = { accountRows: [], consolePages: [] },
): MiddlewareHandler<AppEnv> {
  const site = siteOf(services)
  const headers = headersForAll(services.settings)
  return async (c, next) => {
    const started = performance.now()
    c.set('services', services)
    c.set('site', site)
    c.set('steps', steps)
    c.set('accountRows', accountRows)
    c.set('consolePages', consolePages)
    c.set('headers', headers)
    c.set('requestId', nextRequestId())
    c.set('cookies', new Map())
    c.set('strays', new Map())
    await next()
    if (!c.get('isAnswered')) for (const [name, value] of Object.entries(headers)) c.res.headers.set(name, value)
    const route = matchedRoutes(c).findLast((one) => one.method !== 'ALL' && one.path !== '/*')?.path ?? '-'
    const method = c.req.method.slice(0, 10)
    logRequest(services, { request: c.get('requestId'), method, route, status: c.res.status, started })
  }
}
