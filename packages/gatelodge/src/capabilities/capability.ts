// What a capability declares, in the `capability.ts` of its folder. `app.ts` lists them, one line each; the routes, the API
// and its document, the account page, the log-in steps, the background jobs, and the tests of what docs/security lists are
// collected from these declarations.
import type { Hono } from 'hono'
import type { z } from 'zod'
import type { Operation } from '../api/operation.ts'
import type { EmailTemplates } from '../email/template.ts'
import type { Limit } from '../identity/attempts/budgets.ts'
import type { KeptIn } from '../identity/audit/events.ts'
import type { Services } from '../services.ts'
import type { AppEnv } from '../web/http/context.ts'
import type { Step } from '../web/session/step.ts'
import type { AccountPageRow } from '../web/ui/account-row.tsx'
import type { ConsolePage } from '../web/ui/console.tsx'

export interface Capability {
  /** The name of its folder. */
  name: string
  /** Its pages. */
  routes: Hono<AppEnv>[]
  /** `before pages`: asked on behalf of another app, perhaps for an image. */
  answers?: 'before pages'
  /** What its pages send, each by its name in docs/security/inputs.md. */
  forms?: Record<string, z.ZodObject>
  /** The same rules, for programs. */
  operations?: Operation[]
  /** What it writes to the record and the log: docs/security/events.md. */
  events?: Record<string, KeptIn>
  /** How often each of its acts may be tried, by the name it is counted under: docs/security/limits.md. */
  limits?: Record<string, Limit>
  /** What its emails are made of, each by the kind that its rules write: `emails` of the catalogue has their sentences. */
  emails?: EmailTemplates
  /** Its rows on the account page. */
  accountRows?: AccountPageRow[]
  /** Its pages of the console that the navigation leads to. */
  consolePages?: ConsolePage[]
  /** What an account must pass there before its session starts, in this order. */
  steps?: Step[]
  /** Paths that a form of another site may be sent to: their POST leads on and changes nothing (web/forms/same-site.ts). */
  anySite?(services: Pick<Services, 'connections'>): string[]
  /** What it does outside of any request: what a copy that is gone has begun, this one brings to its end. */
  work?(services: Services): Promise<void>
  /** Removes what is over, some at a time. @returns how much; 0: nothing is left to do. */
  purge?(services: Services): Promise<number>
}
