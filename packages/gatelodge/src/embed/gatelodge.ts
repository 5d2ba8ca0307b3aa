// Gatelodge inside another Node program: the same app, handed over in the shape that each framework likes.
import { setTimeout as pause } from 'node:timers/promises'
import { createApp, declared } from '../app.ts'
import { startBackgroundJobs } from '../background-jobs.ts'
import { isGroupName } from '../config/group-name.ts'
import { duration } from '../config/values.ts'
import { checkFunctions, checkVerifiers } from '../hooks/check.ts'
import { hookNames } from '../hooks/hooks.ts'
import { slotNames } from '../hooks/slots.ts'
import { createServices, type Services } from '../services.ts'
import { days, seconds } from '../time.ts'
import { mountedPaths } from '../web/site/mounted-paths.ts'
import { siteOf } from '../web/site/site.ts'
import type { Connection, Gatelodge, GatelodgeOptions, Guards, WebGuards } from './contract.ts'
import { fastifyGuard, fastifyPlugin } from './fastify.ts'
import { createGuard, type Demand, type Remember } from './guard.ts'
import { honoGuard, honoMiddleware } from './hono.ts'
import { createLogout, logoutForm } from './log-out.ts'
import { createManagement } from './management.ts'
import { nodeGuard, nodeHandler } from './node.ts'
import { plainRequest } from './plain-request.ts'
import { logSources, settingsFrom } from './settings.ts'
import { createTestLogin } from './test-login.ts'
import { findSession, type Who, whoOf } from './who.ts'

/**
 * Opens the database, brings its tables up to date and gives the pages and guards for your framework.
 * @throws {Error} for settings that cannot be used, all faults at once, or a database that cannot be made ready.
 */
export async function createGatelodge({
  hooks = {},
  slots = {},
  passwordVerifiers = [],
  ...config
}: GatelodgeOptions = {}): Promise<Gatelodge> {
  checkFunctions('hook', hookNames, hooks)
  checkFunctions('slot', slotNames, slots)
  checkVerifiers(passwordVerifiers)
  const loaded = settingsFrom(config)
  const brought = { hooks, slots, passwordVerifiers }
  const services = await createServices(loaded.settings, declared, { ...brought, settingSources: loaded.sources })
  logSources(services.log, loaded)
  await ready(services)
  const jobs = startBackgroundJobs(services)
  const app = createApp(services)
  const own = mountedPaths(app, siteOf(services).assets, services.settings.basePath)
  const guard = createGuard(services)
  const logOut = createLogout(services)

  const known = new WeakMap<object, Who | null>()
  const remember: Remember = (request, who) => void known.set(request, who)

  const node = nodeHandler(app, own)
  const nodeGuards = guardsOf((demand) => nodeGuard(guard, demand, remember))
  const webGuard = (demand: Demand) => async (request: Request) => {
    const { pathname, search } = new URL(request.url)
    const answer = await guard({ asking: request, method: request.method, target: pathname + search }, demand)
    if (!(answer instanceof Response)) remember(request, answer)
    return answer
  }
  const fetch = async (request: Request, env?: unknown) =>
    own.has(new URL(request.url).pathname) ? app.fetch(plainRequest(request), connectionIn(env)) : undefined

  return {
    fetch: Object.assign(fetch, guardsOf(webGuard) as WebGuards),
    hono: Object.assign(
      honoMiddleware(fetch),
      guardsOf((demand) => honoGuard(webGuard(demand))),
    ),
    node: Object.assign(node, nodeGuards),
    express: Object.assign(() => node, nodeGuards),
    fastify: Object.assign(
      fastifyPlugin(node, own),
      guardsOf((demand) => fastifyGuard(guard, demand, remember)),
    ),
    async session(asking) {
      const found = known.get(asking)
      if (found !== undefined) return found
      const session = await findSession(services, asking)
      return session === null || session === 'two-credentials' ? null : whoOf(session)
    },
    logoutForm: (asking, label) => logoutForm(services, asking, label),
    async logout(asking) {
      known.delete(asking)
      return logOut(asking)
    },
    ...createManagement(services),
    test: { loginAs: createTestLogin(services) },
    async close() {
      jobs.stop()
      await services.sessions.lastSeen.write()
      await services.keys.writeUses()
      await services.audit.catchUp().catch(() => {})
      await services.close()
    },
  }
}

/** Nothing else of an environment goes on: what the app hands over is not ours to read. */
function connectionIn(env: unknown): Connection {
  const { incoming } = (env ?? {}) as Connection
  return incoming?.socket ? { incoming } : {}
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

/** @throws {Error} where no group can have that name: nobody could pass. */
function checkedGroup(name: string): string {
  if (isGroupName(name)) return name
  throw new Error(`"${name}" is no name of a group: it has 1 to 64 of the signs a to z, 0 to 9, ".", "_" and "-"`)
}

const allowed = duration(seconds(1), days(365))

function guardsOf<One>(make: (demand: Demand) => One): Guards<One> {
  return {
    requireAccount: make({ account: true }),
    optionalAccount: make({}),
    requireRecentLogin: (within) => make({ account: true, authenticatedWithin: allowed.parse(within) }),
    requireSecondFactor: make({ account: true, secondFactor: true }),
    requireGroup: (group) => make({ account: true, group: checkedGroup(group) }),
  }
}
