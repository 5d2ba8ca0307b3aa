// The product on one page: what happens to a request, in order.
import { Hono } from 'hono'
import { challenge } from './api/guard.ts'
import { createApi } from './api/routes.ts'
import { account } from './capabilities/account/capability.ts'
import { accountDeletion } from './capabilities/account-deletion/capability.ts'
import { activity } from './capabilities/activity/capability.ts'
import { admin } from './capabilities/admin/capability.ts'
import type { Capability } from './capabilities/capability.ts'
import { connections } from './capabilities/connections/capability.ts'
import { dataExport } from './capabilities/data-export/capability.ts'
import { devMailbox } from './capabilities/dev-mailbox/capability.ts'
import { devices } from './capabilities/devices/capability.ts'
import { emailChange } from './capabilities/email-change/capability.ts'
import { emailVerification } from './capabilities/email-verification/capability.ts'
import { forwardAuth } from './capabilities/forward-auth/capability.ts'
import { invitations } from './capabilities/invitations/capability.ts'
import { login } from './capabilities/login/capability.ts'
import { newPassword } from './capabilities/new-password/capability.ts'
import { passkeys } from './capabilities/passkeys/capability.ts'
import { passwordChange } from './capabilities/password-change/capability.ts'
import { passwordReset } from './capabilities/password-reset/capability.ts'
import { profile } from './capabilities/profile/capability.ts'
import { reauthentication } from './capabilities/reauthentication/capability.ts'
import { registration } from './capabilities/registration/capability.ts'
import { twoFactor } from './capabilities/two-factor/capability.ts'
import { apiPath, paths } from './paths.ts'
import type { Declared, Services } from './services.ts'
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
import { cookiesOff } from './web/session/cookies-off.tsx'
import { oneCredential } from './web/session/one-credential.ts'
import type { Step } from './web/session/step.ts'
import { pathWithin } from './web/site/base-path.ts'
import { linkedPath, mountedPaths } from './web/site/mounted-paths.ts'
import { serveAsset, serveFavicon } from './web/site/serve-asset.ts'
import { siteOf } from './web/site/site.ts'

/** What people can do. The order is that of the log-in steps and of the operations in the API's document. */
export const capabilities: Capability[] = [
  account,
  registration,
  login,
  reauthentication,
  passwordChange,
  passwordReset,
  emailVerification,
  twoFactor,
  newPassword,
  passkeys,
  connections,
  devices,
  activity,
  profile,
  emailChange,
  dataExport,
  accountDeletion,
  invitations,
  admin,
  forwardAuth,
  devMailbox,
]

/** What programs can ask for. */
export const operations = capabilities.flatMap((one) => one.operations ?? [])

/** What must be passed between a proof and a session, in this order. */
export const loginSteps: Step[] = capabilities.flatMap((one) => one.steps ?? [])

/** What services need to know of all of them. */
export const declared: Declared = { emails: Object.assign({}, ...capabilities.map((one) => one.emails)) }

const inPlace = (one: { place: number }, other: { place: number }) => one.place - other.place
const pageParts = {
  accountRows: capabilities.flatMap((one) => one.accountRows ?? []).sort(inPlace),
  consolePages: capabilities.flatMap((one) => one.consolePages ?? []).sort(inPlace),
}

/**
 * The same handler for the server, for tests and for other programs: `app.fetch(request)`.
 * @param steps others than those that the product has, for tests.
 */
export function createApp(services: Services, steps: Step[] = loginSteps): Hono<AppEnv> {
  const anySite = new Set(capabilities.flatMap((one) => one.anySite?.(services) ?? []))
  const app = new Hono<AppEnv>({ getPath: pathWithin(services.settings.basePath) })

  app.use(begin(services, steps, pageParts))
  app.use(answerRefusal)
  app.use(knownMethods)
  app.use(cookiesOff)
  app.post('*', limitBody(services.settings.bodyLimit))
  app.post('*', readFields)
  if (services.settings.api) app.use(`${apiPath}/*`, challenge, oneCredential)
  app.post(
    '*',
    sameSite(services.settings, (request, bindings) => app.fetch(request, bindings), anySite),
  )

  app.route('/', health)
  app.get('/assets/:file', serveAsset)
  app.get(paths.favicon, serveFavicon)
  const mount = (answers: Capability['answers']) => {
    const those = capabilities.filter((one) => one.answers === answers)
    for (const routes of those.flatMap((one) => one.routes)) app.route('/', routes)
  }
  mount('before pages')
  if (services.identityTokens) app.route('/', publishedKeys)
  // Whatever is asked on behalf of another app belongs above: there it may well be about an image.
  app.use(pagesOnly)
  mount(undefined)
  if (services.settings.api) app.route('/', createApi(services, operations))

  allowMethods(app)
  const own = mountedPaths(app, siteOf(services).assets, '')
  app.notFound((c) => {
    const path = c.req.method === 'GET' ? linkedPath(pathWithin(services.settings.basePath)(c.req.raw)) : undefined
    return path ? seeOther(c, path) : (withoutTrailingSlash(c, own) ?? failure(c, 'not-found'))
  })
  app.onError(handleError)
  return app
}
