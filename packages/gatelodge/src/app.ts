// The product on one page: what happens to a request, in order.
import { Hono } from 'hono'
import { apiDoor } from './api/door.ts'
import { createApi } from './api/routes.ts'
import { account } from './capabilities/account/routes.tsx'
import { confirmation } from './capabilities/confirmation/routes.tsx'
import { devices } from './capabilities/devices/routes.tsx'
import { emailChange } from './capabilities/email-change/routes.tsx'
import { emailVerification } from './capabilities/email-verification/routes.tsx'
import { verifiedAddress } from './capabilities/email-verification/step.ts'
import { dataExport } from './capabilities/export/routes.ts'
import { goodbye } from './capabilities/goodbye/routes.tsx'
import { logout } from './capabilities/login/logout.tsx'
import { login } from './capabilities/login/routes.tsx'
import { underWay } from './capabilities/login/under-way.tsx'
import { mailbox } from './capabilities/mailbox/routes.tsx'
import { profile } from './capabilities/profile/routes.tsx'
import { proxies } from './capabilities/proxies/routes.ts'
import { recovery } from './capabilities/recovery/routes.tsx'
import { registration } from './capabilities/registration/routes.tsx'
import type { Services } from './services.ts'
import { seeOther } from './web/answer.ts'
import { pathWithin } from './web/base-path.ts'
import { limitBody, readFields } from './web/body.ts'
import type { AppEnv } from './web/context.ts'
import { failure } from './web/failures.tsx'
import { publishedKeys } from './web/front/published-keys.ts'
import { answerRefusal } from './web/front/refusal.ts'
import { health } from './web/health.ts'
import { allowMethods, knownMethods } from './web/methods.ts'
import { linkedPath, ownPaths } from './web/own-paths.ts'
import { pagesOnly } from './web/pages-only.ts'
import { apiPath } from './web/paths.ts'
import { begin } from './web/request.ts'
import { sameSite } from './web/same-site.ts'
import { serveAsset } from './web/serve-asset.ts'
import type { Step } from './web/session/step.ts'
import { siteOf } from './web/site.ts'
import { surprise } from './web/surprise.ts'
import { withoutTrailingSlash } from './web/trailing-slash.ts'

/** What must be passed between a proof and a session, in this order. */
export const loginSteps: Step[] = [verifiedAddress]

/**
 * The same handler for the server, for tests and for other programs: `app.fetch(request)`.
 * @param steps others than those that the product has, for tests.
 */
export function createApp(services: Services, steps: Step[] = loginSteps): Hono<AppEnv> {
  const app = new Hono<AppEnv>({ getPath: pathWithin(services.settings.basePath) })

  app.use(begin(services, steps))
  app.use(answerRefusal)
  app.use(knownMethods)
  app.post('*', limitBody(services.settings.bodyLimit))
  app.post('*', readFields)
  if (services.settings.api) app.use(`${apiPath}/*`, apiDoor)
  app.post(
    '*',
    sameSite(services.settings, (request, bindings) => app.fetch(request, bindings)),
  )

  app.route('/', health)
  app.get('/assets/:file', serveAsset)
  app.route('/', proxies)
  if (services.identityTokens) app.route('/', publishedKeys)
  // Whatever is asked on behalf of another app belongs above: there it may well be about an image.
  app.use(pagesOnly)
  app.route('/', login)
  app.route('/', underWay)
  app.route('/', logout)
  app.route('/', registration)
  app.route('/', emailVerification)
  app.route('/', recovery)
  app.route('/', account)
  app.route('/', confirmation)
  app.route('/', profile)
  app.route('/', emailChange)
  app.route('/', devices)
  app.route('/', dataExport)
  app.route('/', goodbye)
  app.route('/', mailbox)
  if (services.settings.api) app.route('/', createApi(services.settings))

  allowMethods(app)
  const own = ownPaths(app, siteOf(services).assets, '')
  app.notFound((c) => {
    const path = c.req.method === 'GET' ? linkedPath(pathWithin(services.settings.basePath)(c.req.raw)) : undefined
    return path ? seeOther(c, path) : (withoutTrailingSlash(c, own) ?? failure(c, 'not-found'))
  })
  app.onError(surprise)
  return app
}
