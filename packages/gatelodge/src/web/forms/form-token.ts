// The hidden field that ties a form to what its page was made for: a session, the link of an email, a log-in under way.
// Forms of visitors carry none: they are the same for everyone and never expire. The same-site check guards those.
import { digest, random, type Sealing } from '../../identity/sealing.ts'
import { optionsOf, paths } from '../../paths.ts'
import type { Context } from '../http/context.ts'
import { readLoginTokens } from '../session/login-cookie.ts'
import { sessionTokens } from '../session/session-cookie.ts'
import { linkToken } from './link-token.ts'

export const formTokenField = 'form_token'

/** What they do, anyone may do without a session. Sent by someone who is logged in by now, they do no harm. */
const visitorForms: string[] = [
  ...[paths.login, paths.register, paths.registerPasskey, paths.registerSent, paths.forgotPassword],
  ...[paths.passkeyLogin, optionsOf(paths.passkeyLogin)],
]

/** For a form of someone who is logged in (NIST SP 800-63B-4 5.1). */
export function sessionFormToken(c: Context, tokenHash: Buffer): string {
  return formTokenFor(c.get('services').sealing, tokenHash)
}

/** The same, for a form on a page of the app that holds us. */
export function formTokenFor(sealing: Pick<Sealing, 'sign'>, tokenHash: Buffer): string {
  return signed(sealing, forSession(tokenHash))
}

/**
 * For the form behind a link of an email: it does what it says for this link and no other, even where another link was
 * opened in another tab meanwhile.
 * @param session of the person who is logged in, if anyone is.
 */
export function linkFormToken(c: Context, path: string, session: { tokenHash: Buffer } | null): string {
  const link = forLink(linkToken(c, path))
  return signed(c.get('services').sealing, session ? `${forSession(session.tokenHash)} ${link}` : link)
}

/** For the page of a step: it belongs to this log-in and not to a later one of the same browser. */
export function loginFormToken(c: Context, { tokenHash }: { tokenHash: Buffer }): string {
  return signed(c.get('services').sealing, forLogin(tokenHash))
}

/** Whether it is the one that this form needs, or the form needs none. Asks no database. */
export function isValidFormToken(c: Context, given: unknown): boolean {
  const bindings = bindingsOf(c)
  if (!bindings) return true
  const signature = typeof given === 'string' ? unmasked(given) : undefined
  if (!signature) return false
  return bindings.some((binding) => c.get('services').sealing.verify('form token', binding, signature))
}

/** @returns undefined where the browser holds nothing that the form could act on. */
function bindingsOf(c: Context): string[] | undefined {
  const path = pageOf(c.req.path)
  if (visitorForms.includes(path)) return undefined
  const token = linkToken(c, path)
  const link = token ? forLink(token) : ''
  const sessions = sessionTokens(c).map((one) => forSession(digest(one)))
  if (sessions.length > 0) return sessions.map((session) => (link ? `${session} ${link}` : session))
  if (link) return [link]
  // A tab that was left open after its session ended: there is nothing left to log out of.
  if (path === paths.logout) return undefined
  const logins = readLoginTokens(c).map((one) => forLogin(digest(one)))
  return logins.length > 0 ? logins : undefined
}

/** What the script of a page asks for is asked with the token of that page. */
const pageOf = (path: string) => (visitorForms.includes(path) ? path : path.replace(/\/options$/, ''))

const forSession = (tokenHash: Buffer) => `session ${tokenHash.toString('base64url')}`
const forLink = (token: string) => `link ${digest(token).toString('base64url')}`
const forLogin = (tokenHash: Buffer) => `login ${tokenHash.toString('base64url')}`

const signed = (sealing: Pick<Sealing, 'sign'>, binding: string) => masked(sealing.sign('form token', binding))

/** Never the same bytes twice: what repeats on a compressed page can be guessed piece by piece (BREACH). */
function masked(signature: Buffer): string {
  const { length } = signature
  const both = Buffer.alloc(length * 2)
  random(length).copy(both)
  for (let index = 0; index < length; index += 1)
    both[length + index] = (both[index] as number) ^ (signature[index] as number)
  return both.toString('base64url')
}

function unmasked(token: string): Buffer | undefined {
  const bytes = Buffer.from(token, 'base64url')
  return bytes.length === 64 ? xor(bytes.subarray(0, 32), bytes.subarray(32)) : undefined
}

function xor(left: Buffer, right: Buffer): Buffer {
  const result = Buffer.alloc(left.length)
  for (let index = 0; index < left.length; index += 1)
    result[index] = (left[index] as number) ^ (right[index] as number)
  return result
}
