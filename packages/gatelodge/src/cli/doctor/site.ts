// The site as its visitors meet it: its address, what the proxy in front makes of answers, cookies, TLS.
import { connect } from 'node:tls'
import { trustsItsProxy } from '../../config/listening.ts'
import type { Settings } from '../../config/schema.ts'
import { loopback } from '../../config/server-url.ts'
import { paths } from '../../paths.ts'
import { days, type Milliseconds, seconds } from '../../time.ts'
import { cookieName } from '../../web/http/cookies.ts'
import { headersForAll } from '../../web/http/headers.ts'
import { askHere, spelledHere } from '../here.ts'
import { type DoctorFinding, type DoctorInput, fault, type Look, ok, warning, wordsOf } from './finding.ts'

const patience: Milliseconds = seconds(8)
/** Clocks may differ by so much: codes of authenticator apps are valid for 30 seconds. */
const mostAhead: Milliseconds = seconds(15)

function ask(url: string): Promise<Response | Error> {
  const options = {
    redirect: 'manual',
    signal: AbortSignal.timeout(patience),
    headers: { accept: 'text/html' },
  } as const
  return fetch(url, options).catch((error: Error) => error)
}

const headerOfOurs = 'content-security-policy'

async function isOurs(answer: Response, settings: Settings): Promise<boolean> {
  if (answer.status !== 200 || answer.headers.get(headerOfOurs) !== headersForAll(settings)[headerOfOurs]) return false
  return (await answer.text()) === 'ok\n'
}

async function lookAtBaseUrl({ settings, sources }: DoctorInput): Promise<DoctorFinding[]> {
  const name = 'base URL'
  const { baseUrl, basePath } = settings
  const answer = await ask(baseUrl + basePath + paths.alive)
  if (answer instanceof Error) return [notReached(settings, wordsOf(answer.cause ?? answer), await runsHere(settings))]
  if (/^50[234]$/.test(String(answer.status))) {
    const says = `${baseUrl} answers ${answer.status}: a proxy is there, and does not reach Gatelodge`
    return [fault(name, says, `Start Gatelodge, and have the proxy send requests to ${spelledHere(settings, '')}.`)]
  }
  if (!(await isOurs(answer.clone(), settings))) {
    const says = `${baseUrl}${basePath}${paths.alive} answers ${answer.status}, and not as this Gatelodge does`
    const remedy =
      'Set baseUrl to the address that visitors use; have the proxy send it here with its path and without changes of ' +
      'headers. If the settings were changed since the start, start again.'
    return [fault(name, says, remedy)]
  }
  return [safe(settings, sources.baseUrl !== 'default'), ...passedOn(answer, settings)]
}

function notReached(settings: Settings, why: string, runs: boolean): DoctorFinding {
  const { baseUrl, unixSocket } = settings
  const name = 'base URL'
  const isHere = loopback.has(new URL(baseUrl).hostname)
  if (isHere && !runs && why.includes('ECONNREFUSED')) {
    return warning(name, `nothing answers at ${baseUrl}: ${why}`, 'Start the site, then run this again.')
  }
  const where = spelledHere(settings, '')
  const own =
    unixSocket === undefined
      ? `The site listens on ${where}: set baseUrl to that, or the port to that of baseUrl.`
      : `The site listens at ${where}: start the proxy in front of it, at the address in baseUrl.`
  const remedy = isHere ? own : 'See whether the name stands in the DNS, the proxy runs, and this machine can reach it.'
  return fault(name, `${baseUrl} is not reached: ${why}`, remedy)
}

/** Whether a site answers where these settings have it listen. */
async function runsHere(settings: Settings): Promise<boolean> {
  const answer = await askHere(settings, paths.alive).catch(() => undefined)
  return answer?.status === 200
}

function safe(settings: Settings, isSet: boolean): DoctorFinding {
  const { baseUrl, mode, unixSocket } = settings
  const name = 'base URL'
  const { protocol, hostname } = new URL(baseUrl)
  if (protocol === 'http:' && !loopback.has(hostname)) {
    return fault(name, `${baseUrl} is not encrypted: passwords can be read on the way`, 'Use https.')
  }
  if (protocol === 'https:' && !trustsItsProxy(settings)) {
    const says = `${baseUrl} answers, but no proxy is trusted: all visitors count as one`
    const value = unixSocket === undefined ? 'the address of your proxy, such as 127.0.0.1' : 'unix'
    return fault(name, says, `Set trustedProxies to ${value}.`)
  }
  if (protocol === 'https:' && mode !== 'production')
    return warning(name, `${baseUrl} answers, in development mode`, 'Set mode to production: NODE_ENV=production.')
  return ok(name, `${baseUrl} answers${isSet ? '' : ' (the default)'}`)
}

/** What stands between may drop headers, keep answers, or have another time. */
function passedOn({ headers }: Response, settings: Settings): DoctorFinding[] {
  const name = 'proxy'
  const changed = Object.entries(headersForAll(settings)).flatMap(([header, value]) =>
    headers.get(header) === value ? [] : [header],
  )
  const findings: DoctorFinding[] = []
  if (changed.length > 0) {
    const says = `these headers arrive changed, doubled or not at all: ${changed.join(', ')}`
    findings.push(fault(name, says, 'Take out of the proxy what sets or removes them.'))
  }
  if (headers.has('age') || !/\bno-store\b/.test(headers.get('cache-control') ?? '')) {
    const says = 'answers are kept on the way: one visitor could get the page of another'
    findings.push(fault(name, says, 'Turn caching off in the proxy or the CDN for this host.'))
  }
  const ahead = Date.parse(headers.get('date') ?? '') - Date.now()
  if (Math.abs(ahead) > mostAhead) {
    const says = `its clock and the one of this machine differ by ${Math.round(Math.abs(ahead) / seconds(1))} s`
    findings.push(warning(name, says, 'Keep both right with NTP: timedatectl set-ntp true'))
  }
  return findings.length > 0 ? findings : [ok(name, 'headers arrive as they were sent, and nothing is kept on the way')]
}

async function lookAtCookies({ settings }: DoctorInput): Promise<DoctorFinding[]> {
  const name = 'cookies'
  const wanted = cookieName(settings, 'gatelodge-visitor')
  // A visitor who is led to the login page gets a cookie with the reason.
  const answer = await ask(settings.baseUrl + settings.basePath + paths.account)
  if (answer instanceof Error) return [warning(name, 'not looked at: the base URL is not reached', 'Mend that first.')]
  const line = answer.headers.getSetCookie().find((one) => one.startsWith(`${wanted}=`))
  if (line === undefined) {
    const says = `${wanted} does not arrive: without cookies nobody can log in`
    return [fault(name, says, 'Take out of the proxy what removes or renames Set-Cookie.')]
  }
  const flags = ['Path=/', 'HttpOnly', 'SameSite=Lax', ...(settings.baseUrl.startsWith('https:') ? ['Secure'] : [])]
  const given = line.split(';').map((part) => part.trim().toLowerCase())
  const lost = flags.filter((flag) => !given.includes(flag.toLowerCase()))
  if (lost.length > 0) {
    return [fault(name, `arrive without ${lost.join(', ')}`, 'Take out of the proxy what rewrites cookies.')]
  }
  if (settings.cookieDomain !== undefined) {
    const says = `the session goes to all hosts below ${settings.cookieDomain}`
    return [warning(name, says, 'Leave cookieDomain out, unless every one of them is yours.')]
  }
  return [ok(name, `${wanted} arrives as it was sent, with ${flags.join(', ')}`)]
}

const soon: Milliseconds = days(14)

async function lookAtTls({ settings }: DoctorInput): Promise<DoctorFinding[]> {
  const name = 'TLS'
  const { protocol, hostname, port } = new URL(settings.baseUrl)
  if (protocol === 'http:') {
    if (loopback.has(hostname)) return [ok(name, 'not used: the site is for this machine only')]
    return [fault(name, 'the site has none', 'Put a proxy with a certificate in front, and set baseUrl to https://…')]
  }
  const host = hostname.replace(/^\[|\]$/g, '')
  const seen = await certificateOf(host, Number(port || 443))
  if (seen instanceof Error) return [fault(name, `no connection: ${wordsOf(seen)}`, 'Have the proxy listen there.')]
  const until = `valid until ${new Date(seen.validTo).toISOString().slice(0, 10)}`
  const left = seen.validTo - Date.now()
  if (seen.problem) {
    const remedy = 'Renew it, or have the proxy send the whole chain. An issuer of your own: NODE_EXTRA_CA_CERTS.'
    return [fault(name, `the certificate is not accepted (${seen.problem}), ${until}`, remedy)]
  }
  if (left < soon) return [warning(name, `the certificate is ${until}`, 'See why it is not renewed by itself.')]
  return [ok(name, `${seen.version}, the certificate is ${until}`)]
}

interface Seen {
  version: string
  validTo: number
  /** Why a browser would refuse it. */
  problem: string | undefined
}

/** Looked at, whatever it is worth; nothing is sent over it. */
function certificateOf(host: string, port: number): Promise<Seen | Error> {
  return new Promise((resolve) => {
    const socket = connect({ host, port, servername: /^[\d.:]+$/.test(host) ? '' : host, rejectUnauthorized: false })
    const end = (seen: Seen | Error) => {
      resolve(seen)
      socket.destroy()
    }
    socket.setTimeout(patience, () => end(new Error('it does not answer')))
    socket.once('error', end)
    socket.once('secureConnect', () => {
      const { authorizationError, authorized } = socket
      const problem = authorized ? undefined : String(authorizationError)
      const validTo = Date.parse(socket.getPeerCertificate().valid_to)
      end({ version: socket.getProtocol() ?? '', validTo, problem })
    })
  })
}

export const site: Look[] = [
  { name: 'base URL', look: lookAtBaseUrl },
  { name: 'cookies', look: lookAtCookies },
  { name: 'TLS', look: lookAtTls },
]
