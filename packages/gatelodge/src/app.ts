// The product on one page: what happens to a request, in order.
import { Hono } from 'hono'
import { challenge } from './api/guard.ts'
import { createApi } from './api/routes.ts'
import { account } from './capabilities/account/routes.tsx'
import { accountDeletion } from './capabilities/account-deletion/routes.tsx'
import { dataExport } from './capabilities/data-export/routes.ts'
import { mailbox } from './capabilities/dev-mailbox/routes.tsx'
import { devices } from './capabilities/devices/routes.tsx'
import { emailChange } from './capabilities/email-change/routes.tsx'
import { emailVerification } from './capabilities/email-verification/routes.tsx'
import { verifiedAddress } from './capabilities/email-verification/step.ts'
import { forwardAuth } from './capabilities/forward-auth/routes.ts'
import { logout } from './capabilities/login/logout.tsx'
import { login } from './capabilities/login/routes.tsx'
import { underWay } from './capabilities/login/under-way.tsx'
import { passwordReset } from './capabilities/password-reset/routes.tsx'
import { profile } from './capabilities/profile/routes.tsx'
import { reauthentication } from './capabilities/reauthentication/routes.tsx'
import { registration } from './capabilities/registration/routes.tsx'
import { apiPath } from './paths.ts'
import type { Services } from './services.ts'
import { sameSite } from './web/forms/same-site.ts'
import { seeOther } from './web/http/answer.ts'
import { limitBody, readFields } from './web/http/body.ts'
import type { AppEnv } from './web/http/context.ts'
import { handleError } from './web/http/error-handler.ts'
import { failure } from './web/http/error-pages.tsx'
import { health } from './web/http/health.ts'
import { allowMethods, knownMethods } from './web/http/methods.ts'
import { pagesOnly } from './web/http/pages-only.ts'
import { begin } from './web/http/request.ts'
import { withoutTrailingSlash } from './web/http/trailing-slash.ts'
import { publishedKeys } from './web/reverse-proxy/published-keys.ts'
import { answerRefusal } from './web/reverse-proxy/refusal.ts'
import { oneCredential } from './web/session/one-credential.ts'
import type { Step } from './web/session/step.ts'
import { pathWithin } from './web/site/base-path.ts'
import { linkedPath, mountedPaths } from './web/site/mounted-paths.ts'
import { serveAsset } from './web/site/serve-asset.ts'
import { siteOf } from './web/site/site.ts'

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
  if (services.settings.api) app.use(`${apiPath}/*`, challenge, oneCredential)
  app.post(
    '*',
    sameSite(services.settings, (request, bindings) => app.fetch(request, bindings)),
  )

  app.route('/', health)
  app.get('/assets/:file', serveAsset)
  app.route('/', forwardAuth)
  if (services.identityTokens) app.route('/', publishedKeys)
  // Whatever is asked on behalf of another app belongs above: there it may well be about an image.
  app.use(pagesOnly)
  app.route('/', login)
  app.route('/', underWay)
  app.route('/', logout)
  app.route('/', registration)
  app.route('/', emailVerification)
  app.route('/', passwordReset)
  app.route('/', account)
  app.route('/', reauthentication)
  app.route('/', profile)
  app.route('/', emailChange)
  app.route('/', devices)
  app.route('/', dataExport)
  app.route('/', accountDeletion)
  app.route('/', mailbox)
  if (services.settings.api) app.route('/', createApi(services.settings))

  allowMethods(app)
  const own = mountedPaths(app, siteOf(services).assets, '')
  app.notFound((c) => {
    const path = c.req.method === 'GET' ? linkedPath(pathWithin(services.settings.basePath)(c.req.raw)) : undefined
    return path ? seeOther(c, path) : (withoutTrailingSlash(c, own) ?? failure(c, 'not-found'))
  })
  app.onError(handleError)
  return app
}
