// What no setting can say alone: two of them that contradict each other, or what is not safe in production.
import { serverUrl } from './addresses.ts'
import { emailsMode } from './email-mode.ts'
import { type Fault, masked, type Named } from './fault.ts'
import type { Settings } from './schema.ts'
import { loopback } from './server-url.ts'
import { halfPairs } from './settings/connections.ts'

/** What the rules must know beside the settings themselves. */
export interface Circumstances {
  named: Named
  /** Someone has set `baseUrl`. */
  hasBaseUrl: boolean
  /** Another program holds us: it listens, and we do not know where. */
  isInside: boolean
}

export function faultsAcross(settings: Settings, circumstances: Circumstances): Fault[] {
  const { named } = circumstances
  return [
    ...(settings.mode === 'production' ? unsafeInProduction(settings, circumstances) : []),
    ...emailsMissing(settings, named),
    ...foreignCookieDomain(settings, named),
    ...bearerWithoutApi(settings, named),
    ...halfOfAPair(settings, named),
  ]
}

/** ASVS V3.3.1, V12.2.1, V12.3.1, V15.3.4: over http on a network, cookies and passwords could be read by anyone on the way. */
function unsafeInProduction(settings: Settings, { named, hasBaseUrl, isInside }: Circumstances): Fault[] {
  const faults: Fault[] = []
  const site = new URL(settings.baseUrl)
  if (!hasBaseUrl && (isInside || !isThisMachineOnly(settings.host))) {
    faults.push({ name: 'baseUrl', given: 'nothing', allowed: baseUrlNeeded })
  }
  if (site.protocol !== 'https:' && !loopback.has(site.hostname)) {
    const allowed = 'an https address in production, such as https://accounts.example.org'
    faults.push({ name: named('baseUrl'), given: settings.baseUrl, allowed })
  }
  // We speak no TLS, so something in front does; unnamed, all people would be counted as one (ASVS V15.3.4).
  if (site.protocol === 'https:' && settings.trustedProxies.length === 0) {
    const allowed = 'the address of your proxy in production, such as 127.0.0.1; without it, all visitors count as one'
    faults.push({ name: named('trustedProxies'), given: 'nothing', allowed })
  }
  return [...faults, ...databaseInTheClear(settings, named)]
}

const baseUrlNeeded =
  'the address of the site in production, which links in emails and the check of forms need: ' +
  'GATELODGE_BASE_URL=https://accounts.example.org, or --base-url https://accounts.example.org, or `baseUrl` in ' +
  'gatelodge.json or in code. To try it on this machine: http://localhost with the port'

function isThisMachineOnly(host: string): boolean {
  return /^(?:localhost|127(?:\.\d{1,3}){3}|::1)$/i.test(host)
}

export function databaseInTheClear({ databaseUrl }: Settings, named: Named): Fault[] {
  if (databaseUrl.startsWith('sqlite:')) return []
  const database = serverUrl(databaseUrl)
  if (database.isLoopback || database.query.has('tls')) return []
  const allowed = '?tls=required at its end in production, or ?tls=off if only you use the network between'
  return [{ name: named('databaseUrl'), given: masked('databaseUrl', databaseUrl), allowed }]
}

/** Browsers throw away a cookie for a domain that the site is not in: nobody could log in. */
function foreignCookieDomain({ baseUrl, cookieDomain }: Settings, named: Named): Fault[] {
  const { hostname } = new URL(baseUrl)
  if (!cookieDomain || `.${hostname}`.endsWith(`.${cookieDomain}`)) return []
  return [{ name: named('cookieDomain'), given: cookieDomain, allowed: `a domain that ${hostname} is in` }]
}

/** What was asked for needs emails, and none could leave. */
function emailsMissing(settings: Settings, named: Named): Fault[] {
  const { smtpUrl, mailFrom, registration, requireVerifiedEmail } = settings
  const faults: Fault[] = []
  if (smtpUrl && !mailFrom) {
    faults.push({ name: named('mailFrom'), given: 'nothing', allowed: 'the address that emails come from' })
  }
  if (emailsMode(settings) !== 'none') return faults
  const where = settings.mode === 'production' ? 'in production' : 'outside localhost'
  const allowed = `smtpUrl too: ${where} this needs a mail server`
  if (registration === 'confirm-first') faults.push({ name: named('registration'), given: registration, allowed })
  if (requireVerifiedEmail) faults.push({ name: named('requireVerifiedEmail'), given: 'true', allowed })
  return faults
}

/** Only the API starts such sessions, and ends them for the app that has them. */
function bearerWithoutApi({ bearer, api }: Settings, named: Named): Fault[] {
  if (!bearer || api) return []
  return [{ name: named('bearer'), given: 'true', allowed: 'true only with api on: bearer tokens come from the API' }]
}

/** A button that leads nowhere. */
function halfOfAPair(settings: Settings, named: Named): Fault[] {
  return halfPairs(settings).map((name) => ({
    name: named(name),
    given: 'nothing',
    allowed: 'the client ID and its secret, both or neither',
  }))
}
