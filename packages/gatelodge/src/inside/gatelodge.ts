// Gatelodge inside another Node program: the same app, handed over in the shape that each framework likes.
import { setTimeout as pause } from 'node:timers/promises'
import { createApp } from '../app.ts'
import { startChores } from '../chores.ts'
import { duration } from '../config/values.ts'
import { checkFunctions } from '../hooks/check.ts'
import { hookNames } from '../hooks/hooks.ts'
import { slotNames } from '../hooks/slots.ts'
import { type Brought, createServices, type Services } from '../services.ts'
import { days, seconds } from '../time.ts'
import type { Bindings } from '../web/context.ts'
import { ownPaths } from '../web/own-paths.ts'
import { siteOf } from '../web/site.ts'
import { type FastifyGuard, type FastifyPlugin, fastifyGuard, fastifyPlugin } from './fastify.ts'
import { createGuard, type Demand } from './guard.ts'
import { type NodeGuard, type NodeHandler, nodeGuard, nodeHandler } from './node.ts'
import { plainRequest } from './plain-request.ts'
import { type Config, logSources, settingsFrom } from './settings.ts'
import { createTestLogin, type TestLogin } from './test-login.ts'
import { type Asking, findSession, type Who, whoOf } from './who.ts'

/** The connection, where the server tells it. Without it all callers share one address, and its limits. */
export type Connection = Pick<Bindings, 'incoming'>

interface Guards<One> {
  /** A page leads to login and back (303); a program gets 401. */
  requireAccount: One
  /** Lets everybody pass. */
  optionalAccount: One
  /** As `requireAccount`, and the password must have been typed within that time: `10m`. */
  requireRecentLogin(within: string): One
}

export interface Gatelodge {
  /** Web standard. undefined: this address is none of ours. */
  fetch: ((request: Request, connection?: Connection) => Promise<Response | undefined>) & WebGuards
  node: NodeHandler & Guards<NodeGuard>
  /** Before or after body parsers. */
  express: (() => NodeHandler) & Guards<NodeGuard>
  fastify: FastifyPlugin & Guards<FastifyGuard>
  /** @throws {Error} where the database is away. */
  session(asking: Asking): Promise<Who | null>
  /** For your own tests. */
  test: { loginAs: TestLogin }
  /** Writes what is still to be written, and closes the database. */
  close(): Promise<void>
}

/** A Response is the refusal: hand it back. */
interface WebGuards {
  requireAccount(request: Request): Promise<Who | Response>
  optionalAccount(request: Request): Promise<Who | null | Response>
  requireRecentLogin(within: string): (request: Request) => Promise<Who | Response>
}

/** @throws {Error} for settings that cannot be used, all faults at once, or a database that cannot be made ready. */
export async function createGatelodge({
  hooks = {},
  slots = {},
  ...config
}: Config & Brought = {}): Promise<Gatelodge> {
  checkFunctions('hook', hookNames, hooks)
  checkFunctions('slot', slotNames, slots)
  const loaded = settingsFrom(config)
  const services = await createServices(loaded.settings, { hooks, slots })
  logSources(services.log, loaded)
  await ready(services)
  const chores = startChores(services)
  const app = createApp(services)
  const own = ownPaths(app, siteOf(services).assets, services.settings.basePath)
  const guard = createGuard(services)

  // What a guard has found out is not asked for again.
  const known = new WeakMap<object, Who>()
  const remember = (request: object, who: Who) => void known.set(request, who)

  const node = nodeHandler(app, own)
  const nodeGuards = guardsOf((demand) => nodeGuard(guard, demand, remember))
  const webGuards = guardsOf((demand) => (request: Request) => {
    const { pathname, search } = new URL(request.url)
    return guard({ asking: request, method: request.method, target: pathname + search }, demand)
  })
  const fetch = async (request: Request, { incoming }: Connection = {}) =>
    own.has(new URL(request.url).pathname) ? app.fetch(plainRequest(request), incoming ? { incoming } : {}) : undefined

  return {
    fetch: Object.assign(fetch, webGuards as WebGuards),
    node: Object.assign(node, nodeGuards),
    express: Object.assign(() => node, nodeGuards),
    fastify: Object.assign(
      fastifyPlugin(node, own),
      guardsOf((demand) => fastifyGuard(guard, demand, remember)),
    ),
    async session(asking) {
      const found = known.get(asking)
      if (found) return found
      const session = await findSession(services, asking)
      return session && whoOf(session)
    },
    test: { loginAs: createTestLogin(services) },
    async close() {
      chores.stop()
      await services.sessions.lastSeen.write()
      await services.audit.catchUp().catch(() => {})
      await services.close()
    },
  }
}

/** An embedded database is there at once; a remote one may take its time, and the app stands meanwhile. */
async function ready({ readiness, log, settings, close }: Services): Promise<void> {
  readiness.first.catch((error) => log.error({ err: error }, 'process.failed'))
  const late = new AbortController()
  try {
    await Promise.race([readiness.first, pause(settings.databaseTimeout, undefined, { signal: late.signal })])
  } catch (error) {
    await close()
    throw error
  } finally {
    late.abort()
  }
}

const allowed = duration(seconds(1), days(365))

function guardsOf<One>(make: (demand: Demand) => One): Guards<One> {
  return {
    requireAccount: make({ account: true }),
    optionalAccount: make({}),
    requireRecentLogin: (within) => make({ account: true, confirmedWithin: allowed.parse(within) }),
  }
}
