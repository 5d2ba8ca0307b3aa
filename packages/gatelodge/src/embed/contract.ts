// What an app gets from `createGatelodge`, and what it may hand over. An editor shows these comments.

import type { SettingOptions } from '../config/options.ts'
import type { Hooks } from '../hooks/hooks.ts'
import type { Slots } from '../hooks/slots.ts'
import type { PasswordVerifier } from '../identity/passwords/foreign/verify.ts'
import type { Bindings } from '../web/http/context.ts'
import type { FastifyGuard, FastifyPlugin } from './fastify.ts'
import type { HonoMiddleware } from './hono.ts'
import type { Logout, LogoutForm } from './log-out.ts'
import type { Management } from './managed-contract.ts'
import type { NodeGuard, NodeHandler } from './node.ts'
import type { TestLogin } from './test-login.ts'
import type { Asking, Who } from './who.ts'

/**
 * Everything that `createGatelodge` takes: the settings, the registration fields and words of the site among them, and
 * functions of the app. What stands in the environment or in gatelodge.json counts more than a setting in code.
 */
export interface GatelodgeOptions extends SettingOptions {
  /** Functions of the app that are called at registration, login, logout and deletion. Default: none. */
  hooks?: Hooks | undefined
  /** Text or markup of the app on Gatelodge's pages. Default: none. */
  slots?: Slots | undefined
  /**
   * Formats of password hashes that only the app knows, for accounts that were imported with `password_format` `own:NAME`.
   * Each hash is renewed at its owner's first login. Default: none.
   */
  passwordVerifiers?: readonly PasswordVerifier[] | undefined
}

/** The connection that a request came in by. Without it all callers share one address, and its limits. */
export type Connection = Pick<Bindings, 'incoming'>

/** Guards for the app's own pages. `One` is what the framework takes. */
export interface Guards<One> {
  /** A visitor who wants a page is redirected to login and back (303); a program gets 401. */
  requireAccount: One
  /** Everyone may pass; the handler finds out whether there is an account. */
  optionalAccount: One
  /**
   * As `requireAccount`, and the user must have proved who they are recently, by the password or by the second factor where
   * there is one: an older login is asked for it (303), a program gets 403.
   * @param within a duration such as `10m` or `1h`, from `1s` to `365d`.
   * @throws {Error} for any other text.
   */
  requireRecentLogin(within: string): One
  /**
   * As `requireAccount`, and the login must have proved a second factor. A user who has one is asked for it, another sets one
   * up first (303); a program gets 403.
   */
  requireSecondFactor: One
  /**
   * As `requireAccount`, and the account must be in that group: anyone else gets 403, a page or `not-in-group`.
   * @throws {Error} for a name that no group can have.
   */
  requireGroup(group: string): One
}

/** Guards for whatever speaks the Web's `fetch`. Each gives who it is, or the Response to hand back. */
export interface WebGuards {
  /** A visitor who wants a page gets 303 to login and back, with a whole address; a program gets 401. */
  requireAccount(request: Request): Promise<Who | Response>
  /** null: a visitor. A Response only where the database is away (503). */
  optionalAccount(request: Request): Promise<Who | null | Response>
  /**
   * As `requireAccount`, and the password must have been typed recently (303, 403).
   * @param within a duration such as `10m` or `1h`, from `1s` to `365d`.
   * @throws {Error} for any other text.
   */
  requireRecentLogin(within: string): (request: Request) => Promise<Who | Response>
  /** As `requireAccount`, and the login must have proved a second factor (303, 403). */
  requireSecondFactor(request: Request): Promise<Who | Response>
  /** As `requireAccount`, and the account must be in that group (403). @throws {Error} for a name that no group can have. */
  requireGroup(group: string): (request: Request) => Promise<Who | Response>
}

/** Gatelodge's own pages for the Web's `fetch`. */
export interface WebFetch {
  /**
   * @returns undefined for an address that is not Gatelodge's. Answers are not compressed.
   * @param connection who is calling, for the limits on guessing.
   */
  (request: Request, connection?: Connection): Promise<Response | undefined>
  /**
   * @returns undefined for an address that is not Gatelodge's. Answers are not compressed.
   * @param env `c.env` of Hono, whatever its type: on Node the connection is in it.
   */
  (request: Request, env: unknown): Promise<Response | undefined>
}

/** One Gatelodge, made by `createGatelodge`, in the shape that each framework takes. */
export interface Gatelodge extends Management {
  /** For whatever speaks the Web's `fetch`: its pages, and guards. */
  fetch: WebFetch & WebGuards
  /** A middleware for Hono 4 with its pages; guards leave who it is at `c.var.gatelodge`. */
  hono: HonoMiddleware & Guards<HonoMiddleware>
  /** A handler for `node:http` and Connect; guards leave who it is at `request.gatelodge`. */
  node: NodeHandler & Guards<NodeGuard>
  /** A middleware for Express 4 and 5, before or after body parsers; guards leave who it is at `request.gatelodge`. */
  express: (() => NodeHandler) & Guards<NodeGuard>
  /** A plugin for Fastify 5; guards are hooks such as `preHandler`, and leave who it is at `request.gatelodge`. */
  fastify: FastifyPlugin & Guards<FastifyGuard>
  /**
   * Who is logged in. One SELECT; none for a visitor, and none behind a guard that has asked already. With `bearer` on, a
   * bearer token of the API counts, too.
   * @returns null for a visitor, and for a request with both a session cookie and a bearer token of Gatelodge's.
   * @throws {Error} where the database is away.
   */
  session(request: Asking): Promise<Who | null>
  /**
   * A form with a logout button for a page of the app, which works without scripts. It belongs to the session of the
   * request, so that page must not be cached (`Cache-Control: no-store`). Asks no database.
   * @param label the words on the button. Default: `Log out`.
   * @returns null for a request without a session cookie.
   */
  logoutForm(request: Asking, label?: string): LogoutForm | null
  /**
   * Ends the session of the request, for a route of the app. The request must say that it comes from this site.
   * @returns 303 to the login page (or 204 for a program), with Set-Cookie headers that remove the session; 403 for a
   * request from another site; 503 where the database is away.
   */
  logout: Logout
  /** For the app's own tests. Refuses in production. */
  test: {
    /** Finds or makes an account, and logs it in without a password. */
    loginAs: TestLogin
  }
  /** Writes what is still to be written, and closes the database. Call it when the app stops. */
  close(): Promise<void>
}
