// The hidden field that shows that a form came from a page of ours, made for this very visitor or session.
import { digest, random, type Sealing } from '../../identity/sealing.ts'
import { minutes } from '../../time.ts'
import type { Context } from '../http/context.ts'
import { sessionTokens } from '../session/session-cookie.ts'
import { currentVisitorState, newVisitorState, renewAfter } from './flash.ts'

export const formTokenField = 'form_token'

/** For a form of someone who is logged in. */
export function sessionFormToken(c: Context, tokenHash: Buffer): string {
  return formTokenFor(c.get('services').sealing, tokenHash)
}

/** The same, for a form on a page of the app that holds us. */
export function formTokenFor(sealing: Pick<Sealing, 'sign'>, tokenHash: Buffer): string {
  return masked(sealing.sign('form token', forSession(tokenHash)))
}

/** For a form of a visitor. The minute behind the dot proves nothing: it tells cookies that are off from a page left open. */
export function visitorFormToken(c: Context): string {
  const token = masked(c.get('services').sealing.sign('form token', forVisitor(newVisitorState(c).id)))
  return `${token}.${minuteOf(c).toString(36)}`
}

/** Whether it was given so lately that the visit cookie it belongs to must still be there. */
export function isFreshVisitorToken(c: Context, given: unknown): boolean {
  const [, minute] = typeof given === 'string' ? given.split('.') : []
  const age = minute === undefined ? Number.NaN : minuteOf(c) - Number.parseInt(minute, 36)
  return age >= 0 && age * minutes(1) < renewAfter
}

const minuteOf = (c: Context) => Math.floor(c.get('services').clock.now() / minutes(1))

/** Whether it is one of ours, for the session or the visit whose cookie came with it. Asks no database. */
export function isValidFormToken(c: Context, given: unknown): boolean {
  const signature = typeof given === 'string' ? unmasked(given) : undefined
  if (!signature) return false
  const visitorState = currentVisitorState(c)
  const sessions = sessionTokens(c).map((token) => forSession(digest(token)))
  const bindings = [...sessions, ...(visitorState ? [forVisitor(visitorState.id)] : [])]
  return bindings.some((binding) => c.get('services').sealing.verify('form token', binding, signature))
}

const forSession = (tokenHash: Buffer) => `session ${tokenHash.toString('base64url')}`
const forVisitor = (id: string) => `visit ${id}`

/** Never the same bytes twice: what repeats on a compressed page can be guessed piece by piece (BREACH). */
function masked(signature: Buffer): string {
  const mask = random(signature.length)
  return Buffer.concat([mask, xor(mask, signature)]).toString('base64url')
}

function unmasked(token: string): Buffer | undefined {
  const bytes = Buffer.from(token.split('.', 1)[0] ?? '', 'base64url')
  return bytes.length === 64 ? xor(bytes.subarray(0, 32), bytes.subarray(32)) : undefined
}

function xor(left: Buffer, right: Buffer): Buffer {
  const result = Buffer.alloc(left.length)
  for (let index = 0; index < left.length; index += 1)
    result[index] = (left[index] as number) ^ (right[index] as number)
  return result
}
