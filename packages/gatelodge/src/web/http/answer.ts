// Every answer of ours is made here, complete with its headers: a page, a redirect with a flash, or the API's JSON.
import { paths, withReturn } from '../../paths.ts'
import { leaveFlash } from '../forms/flash.ts'
import type { Flash } from '../forms/visitor-cookie.ts'
import { type Destination, linksWithin, written } from '../site/base-path.ts'
import { compressed, takesGzip } from './compress.ts'
import type { Context } from './context.ts'
import { bringsCookies, cookiesAsked } from './cookies.ts'
import { privateAnswer } from './headers.ts'
import { isApi } from './is-api.ts'
import type { Markup } from './markup.ts'
import type { Filled } from './page-template.ts'
import { type ProblemCode, problemTitle, statusOf } from './problem-codes.ts'

/** A page. */
export async function page(
  c: Context,
  status: number,
  markup: Markup,
  headers: Record<string, string> = {},
): Promise<Response> {
  const whole = linksWithin(c.get('site').basePath, String(await markup))
  const { body, encoding } = compressed(whole, c.req.header('accept-encoding'))
  return pageBody(c, status, body, { ...headers, ...(encoding && { 'content-encoding': encoding }) })
}

/** A page of which all but a few words was there already. */
export function filledPage(c: Context, filled: Filled): Response {
  if (!takesGzip(c.req.header('accept-encoding'))) return pageBody(c, 200, filled.plain(), {})
  return pageBody(c, 200, filled.gzip(), { 'content-encoding': 'gzip' })
}

export function pageBody(c: Context, status: number, body: Body, headers: Record<string, string>): Response {
  return answer(c, status, body, { ...privateAnswer, 'content-type': 'text/html; charset=utf-8', ...headers })
}

type Body = string | Uint8Array<ArrayBuffer> | ReadableStream | null

/** The browser's road: POST, then 303, then GET; the flash waits for the page it leads to. */
export function seeOther(c: Context, given: Destination, flash?: Flash): Response {
  if (flash) leaveFlash(c, flash)
  const to = askingForCookies(c, given)
  return answer(c, 303, null, { ...privateAnswer, location: written(c.get('site').basePath, to) })
}

/**
 * After the POST that set the first cookie, a page of ours looks whether the browser kept it (`cookies-off.tsx`). On the way to
 * an app, which cannot know, that is the log-in page: it leads everyone on who is logged in (`visitorOnly`).
 */
function askingForCookies(c: Context, to: Destination): Destination {
  if (c.req.method !== 'POST' || !setsCookie(c) || bringsCookies(c)) return to
  if (typeof to === 'string') return isOwnPage(to) ? askingAt(to) : to
  const { basePath } = c.get('site')
  const isOurs = to.address.startsWith(`${basePath}/`) && isOwnPage(to.address.slice(basePath.length))
  return isOurs ? { address: askingAt(to.address) } : askingAt(withReturn(paths.login, to.address))
}

/** Whether it is an address of ours, as it stands: none below it, and not the front page. */
export const isOwnPage = (address: string) => ownPages.has(address.split(/[?#]/, 1)[0] ?? '')

function askingAt(to: string): string {
  const [path = '', fragment] = to.split('#')
  const asking = `${path}${path.includes('?') ? '&' : '?'}${cookiesAsked}=1`
  return fragment === undefined ? asking : `${asking}#${fragment}`
}

/** Without the front page, which is that of an app behind us. */
const ownPages = new Set<string>(Object.values(paths).filter((path) => path !== paths.home))

const setsCookie = (c: Context) => [...c.get('cookies').values()].some((line) => !line.endsWith('Max-Age=0'))

/** For operations of the API; a page has no JSON. */
export function json(c: Context, status: number, value: object): Response {
  return jsonBody(c, status, value, { 'content-type': 'application/json; charset=utf-8' })
}

interface ProblemDetails {
  errors?: { field: string; code: string; message: string }[]
  /** What a program goes on with, where a step is due. */
  login_token?: string
  /** By which of these the step is passed. */
  methods?: string[]
  headers?: Record<string, string>
}

/** RFC 9457. Its status and its sentence come from the code. */
export function problem(c: Context, code: ProblemCode, { headers, ...details }: ProblemDetails = {}): Response {
  const status = statusOf[code]
  const { text, basePath } = c.get('site')
  const title = problemTitle(text, code, basePath)
  const type = { 'content-type': 'application/problem+json; charset=utf-8' }
  return jsonBody(c, status, { type: 'about:blank', title, status, code, ...details }, { ...type, ...headers })
}

function jsonBody(c: Context, status: number, value: object, headers: Record<string, string>): Response {
  return answer(c, status, JSON.stringify(value), { ...privateAnswer, ...headers })
}

/** Whether a refusal is a problem, for a program: at the API always, at a page where JSON was asked for. */
export function wantsProblem(c: Context): boolean {
  if (isApi(c)) return true
  const accept = c.req.header('accept') ?? ''
  return /\bapplication\/(?:problem\+)?json\b/i.test(accept) && !/\btext\/html\b/i.test(accept)
}

/** The bottom of them all. */
export function answer(c: Context, status: number, body: Body, headers: Record<string, string>): Response {
  c.set('isAnswered', true)
  const all = { ...c.get('headers'), ...headers }
  const cookies = [...c.get('strays').values(), ...c.get('cookies').values()]
  // Headers as a plain object are the server adapter's quick way; only a list of cookies needs the class.
  if (cookies.length < 2) {
    return new Response(body, { status, headers: cookies[0] ? { ...all, 'set-cookie': cookies[0] } : all })
  }
  const list = new Headers(all)
  for (const cookie of cookies) list.append('set-cookie', cookie)
  return new Response(body, { status, headers: list })
}
