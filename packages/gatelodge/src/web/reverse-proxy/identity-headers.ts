// The headers that tell the app behind who asks, and the headers that no client may send to it (ASVS V4.1.3).
import type { IncomingHttpHeaders } from 'node:http'
import { stringify } from 'uuid'
import type { FoundSession } from '../../identity/sessions/lookup.ts'
import type { Services } from '../../services.ts'

type Headers = Record<string, string>

/** Names that apps believe: who someone is, and what a proxy says of the caller. */
const believed =
  /^(?:remote|x-remote(?=-)|x-webauth|x-authenticated|http|proxy|x-auth-request|x-forwarded|forwarded|x-real-ip|x-original|x-rewrite-url|(?:x-|x-cluster-|fastly-|true-|cf-)?(?:client|connecting)-ip)(?:-|$)/

/**
 * Whether an app might take this header for one of ours, or for one of its own server's (`Proxy`, CVE-2016-5385). CGI and WSGI write `Remote-User`, `remote_user` and
 * `Remote.User` alike, so any sign that is no email and no figure counts as a hyphen; and a name with `_` is never passed on, as with nginx.
 */
export function isBelieved(name: string): boolean {
  return name.includes('_') || believed.test(name.toLowerCase().replace(/[^a-z0-9]/g, '-'))
}

export function withoutBelieved(headers: IncomingHttpHeaders): IncomingHttpHeaders {
  return Object.fromEntries(Object.entries(headers).filter(([name]) => !isBelieved(name)))
}

/**
 * For an account without groups `Remote-Groups` is absent, which cannot be mistaken for a group; to a proxy it is sent empty,
 * because Caddy before 2.10 writes the name of its variable where a header is missing.
 */
export function identityHeaders(
  { settings, identityTokens }: Pick<Services, 'settings' | 'identityTokens'>,
  session: FoundSession | undefined,
  { forProxy = false } = {},
): Headers {
  if (!session) return {}
  const id = stringify(session.account.id)
  const email = asHeader(session.account.email)
  const name = asHeader(session.account.name)
  const groups = session.account.groups.join(',')
  const hasGroups = groups !== '' || forProxy
  const token = identityTokens && { 'remote-token': identityTokens.of(session) }
  const remote = {
    'remote-user': id,
    'remote-email': email,
    'remote-name': name,
    ...(hasGroups && { 'remote-groups': groups }),
    ...token,
  }
  if (settings.identityHeaders === 'remote') return remote
  return {
    ...remote,
    'x-auth-request-user': id,
    'x-auth-request-email': email,
    'x-auth-request-preferred-username': name,
    ...(hasGroups && { 'x-auth-request-groups': groups, 'x-forwarded-groups': groups }),
    'x-forwarded-user': id,
    'x-forwarded-email': email,
    'x-forwarded-preferred-username': name,
  }
}

/** Printable ASCII stays; all else, and "%" itself, is percent-encoded UTF-8, so that one decoding gives back any text. */
export function asHeader(text: string): string {
  return text.toWellFormed().replace(/[^\x20-\x24\x26-\x7e]+/g, encodeURIComponent)
}
