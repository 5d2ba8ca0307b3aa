// From where a request comes, for what is counted and recorded.
import Bowser from 'bowser'
import type { RequestSource } from '../../identity/audit/request-source.ts'
import type { DeviceDescription } from '../../text/device-name.ts'
import { findClient, isThisMachine } from './client-address.ts'
import type { Context } from './context.ts'
import { logEvent } from './log-event.ts'
import { peerOf } from './peer.ts'

export function requestSourceOf(c: Context): RequestSource {
  return {
    clientAddress: clientAddressOf(c),
    device: deviceOf(c.req.header('user-agent')),
    requestId: c.get('requestId'),
  }
}

/** Whether anyone who asks sits at this machine. */
export function isRequestFromHere(c: Context): boolean {
  const peer = peerOf(c.env?.incoming?.socket)
  return isThisMachine(peer, (name) => c.req.header(name), c.get('services').settings)
}

/** Logged once for each run: all of a site behind a proxy that is not listed would fill the log. */
const logged = new WeakMap<object, Set<string>>()

function clientAddressOf(c: Context): string {
  const peer = peerOf(c.env?.incoming?.socket)
  const found = findClient(peer, (name) => c.req.header(name), c.get('services').settings)
  if (found.kind !== 'known' && isFirst(c, found.kind)) {
    logEvent(c, `proxy.${found.kind}`, { peer: found.address || peer, header: found.header })
  }
  return found.address
}

function isFirst(c: Context, kind: string): boolean {
  const services = c.get('services')
  const kinds = logged.get(services) ?? new Set()
  if (kinds.has(kind)) return false
  logged.set(services, kinds.add(kind))
  return true
}

/** The parser falls back to whatever stands where a name usually does. */
const knownNames = new Set([...Object.values(Bowser.BROWSER_MAP), ...Object.values(Bowser.OS_MAP)])

/**
 * What a browser says of itself is a hint, never a proof. Only names that we know come out of it: a stranger's free words
 * would stand on the account's page, among ours.
 */
function deviceOf(userAgent: string | undefined): DeviceDescription {
  if (!userAgent) return {}
  // Bounded: the parser tries many expressions on it.
  const { browser, os } = Bowser.parse(userAgent.slice(0, 300))
  return {
    ...(isKnown(browser.name) && { browser: shortName(browser.name) }),
    ...(isKnown(os.name) && { system: os.name }),
  }
}

/** The system stands behind it: `Samsung Internet for Android` would be on Android twice. */
const shortName = (browser: string) => browser.replace(/ for Android$/, '')

const isKnown = (name: string | undefined): name is string => name !== undefined && knownNames.has(name)
