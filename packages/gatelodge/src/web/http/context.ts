// What a request carries on its way through the app.
import type { Context as HonoContext } from 'hono'
import type { ApiKey } from '../../identity/keys/storage.ts'
import type { FoundSession } from '../../identity/sessions/lookup.ts'
import type { Ended } from '../../identity/sessions/rules.ts'
import type { Services } from '../../services.ts'
import type { Flash, VisitorState } from '../forms/visitor-cookie.ts'
import type { Step } from '../session/step.ts'
import type { Site } from '../site/site.ts'
import type { AccountPageRow } from '../ui/account-row.tsx'
import type { ConsolePage } from '../ui/console.tsx'

export interface Variables {
  services: Services
  site: Site
  /** What every answer carries. */
  headers: Record<string, string>
  requestId: string
  /** What was posted, parsed and bounded, after the same-site check let it pass. */
  fields: Record<string, unknown>
  /** Asked for once per request; null: nobody is logged in. */
  session: Promise<FoundSession | null> | undefined
  /** The look-up of the session also counts what the account has. */
  countsWanted: boolean | undefined
  /** Why the session that the browser brought is over, where that is known. */
  ended: Ended | undefined
  /** The key of a program that works for the people who run the site, behind the guard of keys. */
  key: ApiKey | undefined
  /** What must be passed before a session starts, in order. */
  steps: Step[]
  /** What the account page is made of. */
  accountRows: AccountPageRow[]
  /** What the navigation of the console is made of. */
  consolePages: ConsolePage[]
  visitorState: VisitorState | undefined
  /** Set-Cookie lines that the answer will carry, by cookie name: the last word counts. */
  cookies: Map<string, string>
  /** Lines that come before those: they remove cookies of ours from places where they should not live. */
  strays: Map<string, string>
  isAnswered: boolean
}

/** Why the app behind is not asked, or gave no answer. */
export type Refusal =
  | { kind: 'login-required'; isNavigation: boolean }
  | { kind: 'confirm-first' }
  | { kind: 'second-factor' }
  /** Logged in, and not in the group that the page is for. */
  | { kind: 'not-in-group' }
  /** Both a session cookie and a bearer token of ours. */
  | { kind: 'two-credentials' }
  | { kind: 'upstream-away' | 'upstream-slow'; why: string | undefined }
  | { kind: 'failed'; error: Error }

export type Bindings = {
  /** Asked by the app that holds us, for one of its own requests (never comes from outside). */
  forApp?: true
  /** The page is shown instead of a refused POST, with what was typed (never comes from outside). */
  again?: Flash
  /** Answered instead of the app behind, or of the app that holds us (never comes from outside). */
  refusal?: Refusal
  /** From the server: the connection that the request came in by. */
  incoming?: { socket: { remoteAddress?: string | undefined } }
}

export type AppEnv = { Variables: Variables; Bindings: Bindings }
export type Context = HonoContext<AppEnv>
