// In front of an app: what is not ours is checked once and streamed there by httpxy, at Node's level, so that no body is held.
import { Agent, type IncomingMessage, type ServerResponse } from 'node:http'
import { Agent as SecureAgent } from 'node:https'
import type { Socket } from 'node:net'
import type { Duplex } from 'node:stream'
import { createProxyServer } from 'httpxy'
import type { FoundSession } from '../../identity/sessions/lookup.ts'
import type { Services } from '../../services.ts'
import { siteOrigins } from '../forms/site-origins.ts'
import { findClient } from '../http/client-address.ts'
import type { Refusal } from '../http/context.ts'
import { foreignCookies } from '../http/cookie-header.ts'
import { peerOf } from '../http/peer.ts'
import { statusOf } from '../http/problem-codes.ts'
import { asksForPage } from '../http/wants-page.ts'
import { bearerForApp, isBearerOfOurs } from '../session/bearer.ts'
import { findSession } from '../session/session-cookie.ts'
import { withoutOurs } from './answer-headers.ts'
import { isGuarded, isInGroupsFor } from './guarded-paths.ts'
import { withoutHops } from './hops.ts'
import { identityHeaders, withoutBelieved } from './identity-headers.ts'
import { createLongLived } from './long-lived.ts'
import { isPublicPreflight } from './preflight.ts'
import { isPublic } from './public-paths.ts'

export interface ReverseProxy {
  /** @param refuse answers instead of the app behind. */
  pass(request: IncomingMessage, response: ServerResponse, refuse: (refusal: Refusal) => void): Promise<void>
  /** The same for a WebSocket. @param refuse with this status. */
  passSocket(request: IncomingMessage, socket: Duplex, head: Buffer, refuse: (status: number) => void): Promise<void>
  /** Ends the WebSockets and event streams, which would never end by themselves. Other answers may come to their end. */
  close(): void
}

export function createReverseProxy(services: Services, target: string): ReverseProxy {
  const { settings, sessions, log } = services
  const { baseUrl, upstreamTimeout } = settings
  const own = siteOrigins(baseUrl)
  const site = new URL(baseUrl)
  const proxy = createProxyServer({ target, upgradeTimeout: upstreamTimeout })
  // As many as people ask for: behind a bound, requests would wait without an end.
  const unbounded = { keepAlive: true, maxSockets: Number.POSITIVE_INFINITY }
  const kept = target.startsWith('https:') ? new SecureAgent(unbounded) : new Agent(unbounded)
  const longLived = createLongLived(sessions, settings.upstreamRecheck)
  const tokens = new WeakMap<object, string>()
  const refusals = new WeakMap<object, (error: Error & { code?: string }) => void>()

  proxy.on('proxyReq', (sent) => {
    // Silence only: a body or an answer may take as long as something moves.
    sent.setTimeout(upstreamTimeout, () => sent.destroy(Object.assign(new Error('no answer'), { code: 'ETIMEDOUT' })))
  })
  proxy.on('proxyRes', (answer, request, response) => {
    // Once it answers, events may be hours apart.
    answer.socket.setTimeout(0)
    answer.headers = withoutHops(withoutOurs(answer.headers))
    delete answer.headers['proxy-authenticate']
    delete answer.headers['transfer-encoding']
    const isEvents = /^text\/event-stream\b/i.test(answer.headers['content-type'] ?? '')
    if (isEvents) longLived.add(response, tokens.get(request), 'endless')
    log.info({ method: request.method?.slice(0, 10), route: 'upstream', status: answer.statusCode }, 'request')
  })
  proxy.on('proxyReqWs', (sent, request, socket) => {
    const answered = (answer: IncomingMessage) => {
      // From here on the socket speaks the app's words: one of ours among them would be garbage.
      refusals.set(request, () => socket.destroy())
      // The library writes these to the socket by itself, so they pass here or nowhere.
      answer.headers = withoutOurs(answer.headers)
    }
    sent.once('upgrade', answered).once('response', answered)
  })
  proxy.on('error', (error, request) => {
    // Told once: one fault may break both ends.
    const refuse = refusals.get(request as object)
    refusals.delete(request as object)
    refuse?.(error)
  })

  const bearerOf = ({ headers }: IncomingMessage) => bearerForApp(settings, headers.authorization)

  async function sessionOf(request: IncomingMessage): Promise<FoundSession | 'two-credentials' | undefined> {
    const { cookie, authorization } = request.headers
    const found = await findSession(services, { cookie, authorization })
    if (typeof found !== 'object') return found
    tokens.set(request, found.token)
    return found.session
  }

  /** The path needs a login with a second factor, and this one had none. A public path stays public. */
  function lacksFactor({ url = '' }: IncomingMessage, { methods }: FoundSession): boolean {
    if (methods.mfa !== undefined || isPublic(url, settings.public)) return false
    return isGuarded(url, settings.requireSecondFactor)
  }

  /** The page is for the members of a group, and the account is in none of that name. */
  function lacksGroup({ url = '' }: IncomingMessage, { account }: FoundSession): boolean {
    return !isPublic(url, settings.public) && !isInGroupsFor([url], settings.requireGroup, account)
  }

  /** Only what may reach the app stays on the request. */
  function rewrite(request: IncomingMessage, session: FoundSession | undefined, isUpgrade: boolean): void {
    const given = request.headers
    const client = findClient(peerOf(request.socket), (name) => given[name] as string | undefined, settings)
    const cookie = foreignCookies(given.cookie)
    const { cookie: _, ...kept } = withoutBelieved(withoutHops(given))
    request.headers = {
      ...kept,
      ...(cookie && { cookie }),
      ...(isUpgrade && { connection: 'Upgrade', upgrade: 'websocket' }),
      ...identityHeaders(services, session),
      // Whatever the caller calls us: the app builds links from this.
      host: site.host,
      'x-forwarded-host': site.host,
      'x-forwarded-proto': site.protocol.slice(0, -1),
      // A program on this machine that opened our Unix socket and speaks for nobody has no address.
      ...(client.address !== '' && { 'x-forwarded-for': client.address }),
    }
    // A session of ours, which the app may not hold.
    if (isBearerOfOurs(request.headers.authorization)) delete request.headers.authorization
    // No body comes with it, whatever it says.
    if (isUpgrade) delete request.headers['content-length']
  }

  return {
    async pass(request, response, refuse) {
      // Browsers send no cookie with it, and the app is named nobody.
      const isPreflight = isPublicPreflight(request, settings.publicMethods)
      let session: Awaited<ReturnType<typeof sessionOf>>
      try {
        session = isPreflight ? undefined : await sessionOf(request)
      } catch (error) {
        return refuse({ kind: 'failed', error: error as Error })
      }
      if (session === 'two-credentials') return refuse({ kind: 'two-credentials' })
      if (!session && !isPreflight && !isPublic(request.url ?? '', settings.public))
        return refuse({
          kind: 'login-required',
          isNavigation: !bearerOf(request) && asksForPage((name) => request.headers[name] as string | undefined),
        })
      if (session && lacksFactor(request, session)) return refuse({ kind: 'second-factor' })
      if (session && lacksGroup(request, session)) return refuse({ kind: 'not-in-group' })
      refusals.set(request, ({ code }) => {
        if (response.headersSent || response.destroyed) response.destroy()
        else refuse({ kind: code === 'ETIMEDOUT' ? 'upstream-slow' : 'upstream-away', why: code })
      })
      rewrite(request, session, false)
      longLived.add(response, tokens.get(request), 'finite')
      await proxy.web(request, response, { agent: hasBody(request) ? false : kept })
    },
    async passSocket(request, socket, head, refuse) {
      const { origin } = request.headers
      // No page can have a browser send the token, whatever site it is of.
      if (origin !== undefined && !own.has(origin) && !bearerOf(request)) return refuse(403)
      let session: Awaited<ReturnType<typeof sessionOf>>
      try {
        session = await sessionOf(request)
      } catch {
        return refuse(503)
      }
      if (socket.destroyed) return
      if (session === 'two-credentials') return refuse(statusOf[session])
      if (!session && !isPublic(request.url ?? '', settings.public)) return refuse(401)
      if (session && lacksFactor(request, session)) return refuse(403)
      if (session && lacksGroup(request, session)) return refuse(403)
      longLived.add(socket, tokens.get(request), 'endless')
      refusals.set(request, () => refuse(502))
      rewrite(request, session, true)
      await proxy.ws(request, socket as Socket, {}, head)
    },
    close() {
      longLived.close()
      kept.destroy()
    },
  }
}

/**
 * An app that does not read a body takes it for the next request on that connection. So no other client's request comes behind
 * one: the connection is used once (request smuggling, ASVS V4.2.1).
 */
function hasBody({ headers }: IncomingMessage): boolean {
  return headers['transfer-encoding'] !== undefined || (headers['content-length'] ?? '0') !== '0'
}
