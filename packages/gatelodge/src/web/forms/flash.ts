// A short-lived, sealed cookie for what a page passes to the next one: messages, what was typed, the token of a link. It is
// set only when there is something to carry, costs no row, and never becomes the session.
import { emailPause } from '../../email/limits.ts'
import { paths } from '../../paths.ts'
import { hours } from '../../time.ts'
import type { Context } from '../http/context.ts'
import { expireStrays, readCookies, removeCookie, writeCookie } from '../http/cookies.ts'
import type { AskedEmail, Flash, VisitorState } from './visitor-cookie.ts'
import { cutValues, fittedState } from './visitor-cookie-size.ts'

const name = 'gatelodge-visitor'
const lifetime = hours(1)

/** What the cookie holds, if it is ours and not too old. Of several, the newest. */
export function currentVisitorState(c: Context): VisitorState | undefined {
  if (c.get('visitorState')) return c.get('visitorState')
  const sealed = readCookies(c, name)
  const visitorState = sealed.map((one) => openVisitorState(c, one)).reduce(newer, undefined)
  if (visitorState) c.set('visitorState', visitorState)
  if (sealed.length > 1) {
    expireStrays(c, name)
    if (visitorState) writeVisitorCookie(c, visitorState)
  }
  return visitorState
}

function openVisitorState(c: Context, sealed: string): VisitorState | undefined {
  const { sealing, clock } = c.get('services')
  const text = sealing.open('visit cookie', sealed)
  const visitorState = text ? (JSON.parse(text) as VisitorState) : undefined
  return visitorState && clock.now() - visitorState.since < lifetime ? visitorState : undefined
}

function newer(one: VisitorState | undefined, other: VisitorState | undefined): VisitorState | undefined {
  return one && other ? (other.since > one.since ? other : one) : (one ?? other)
}

/**
 * Empties the visitor cookie at a log-in and at a log-out: nothing from before is used afterwards.
 * @param keepsLink anyone who logs in to go on with a link from an email finds it again.
 */
export function renewVisitorCookie(c: Context, { keepsLink = false } = {}): void {
  const before = currentVisitorState(c)
  if (!before) return
  c.set('visitorState', { since: c.get('services').clock.now() })
  writeVisitorCookie(c, { link: keepsLink ? before.link : undefined })
}

/** Stores messages for the next page. */
export function leaveFlash(c: Context, flash: Flash): void {
  writeVisitorCookie(c, { flash: isEmpty(flash) ? undefined : bounded(flash) })
}

/** Takes the messages that were left: they are gone afterwards. What was typed is shown on its own form only. */
export function takeFlash(c: Context): Flash {
  if (c.env?.again) return shownAgain(c, c.env.again)
  const { form, ...flash } = currentVisitorState(c)?.flash ?? {}
  if ((form || flash.notice) && isOpened(c)) writeVisitorCookie(c, {})
  return form?.path === c.req.path ? { ...flash, form } : flash
}

/** Not a HEAD, and not fetched in case someone opens it: what nobody reads uses up no message. */
function isOpened(c: Context): boolean {
  const purposes = [
    c.req.header('sec-purpose'),
    c.req.header('purpose'),
    c.req.header('x-purpose'),
    c.req.header('x-moz'),
  ]
  return c.req.method !== 'HEAD' && !/\b(?:prefetch|prerender|preview)\b/i.test(purposes.join(' '))
}

function shownAgain(c: Context, again: Flash): Flash {
  if (again.form) keepWayIn(c, again.form.values)
  return again
}

/** The address and the name that were typed, and at the log-in page whether to be kept logged in, go along on every detour. */
export function keepWayIn(c: Context, { email, name, remember }: Record<string, string>): void {
  if (email === undefined) return
  const wish = c.req.path === paths.login ? { remember: Boolean(remember) } : {}
  const typed = cutValues({ email, ...(name !== undefined && { name }) })
  keepInVisitorCookie(c, { prefill: { ...currentVisitorState(c)?.prefill, ...typed, ...wish } })
}

/** The same, where no address is typed. */
export function keepRemember(c: Context, remember: boolean): void {
  keepInVisitorCookie(c, { prefill: { ...currentVisitorState(c)?.prefill, remember } })
}

/** Keeps, beside the messages, what else the visitor cookie carries. It goes when it is given as undefined. */
export function keepInVisitorCookie(c: Context, kept: Changes): void {
  writeVisitorCookie(c, { flash: currentVisitorState(c)?.flash, ...kept })
}

/**
 * For the page that says where an email went. Nothing is looked up for it, so it does not reveal whether there is an account.
 * @returns whether it was asked for before and may be again: within the pause, that stays as it was.
 */
export function keepAskedEmail(c: Context, asked: Omit<AskedEmail, 'againAt'>): 'first' | 'again' | 'too-soon' {
  const now = c.get('services').clock.now()
  const before = askedEmail(c, asked.path)
  const isSame = before?.email === asked.email
  if (before && isSame && before.againAt > now) return 'too-soon'
  keepInVisitorCookie(c, { asked: { ...asked, againAt: now + emailPause } })
  return isSame ? 'again' : 'first'
}

export function askedEmail(c: Context, path: string): AskedEmail | undefined {
  const asked = currentVisitorState(c)?.asked
  return asked?.path === path ? asked : undefined
}

/** Sealed, for the one page that shows them, of the one account. */
export function keepNewCodes(c: Context, account: Buffer, codes: string[]): void {
  keepInVisitorCookie(c, { codes: { account: account.toString('hex'), codes } })
}

/** They are gone afterwards. */
export function takeNewCodes(c: Context, account: Buffer): string[] | undefined {
  const { codes } = currentVisitorState(c) ?? {}
  if (!codes) return undefined
  if (isOpened(c)) keepInVisitorCookie(c, { codes: undefined })
  return codes.account === account.toString('hex') ? codes.codes : undefined
}

/** For when the password has been typed: it is gone when someone logs in or out instead. */
export function keepTyped(c: Context, values: Record<string, string>): void {
  keepInVisitorCookie(c, { typed: { path: c.req.path, values: cutValues(values) } })
}

/** For when that account's owner has logged in again. */
export function keepUnsaved(c: Context, account: Buffer, values: Record<string, string>): void {
  keepInVisitorCookie(c, { unsaved: { account: account.toString('hex'), path: c.req.path, values: cutValues(values) } })
}

/** Call it before what a visitor left is dropped. @returns what to leave for the page that the form stands on. */
export function takeUnsaved(c: Context, account: Buffer): Flash | undefined {
  const { unsaved } = currentVisitorState(c) ?? {}
  if (unsaved?.account !== account.toString('hex')) return undefined
  return { form: { path: unsaved.path, values: unsaved.values, problems: [] } }
}

type Kept = Omit<VisitorState, 'since'>
type Changes = { [name in keyof Kept]?: Kept[name] | undefined }

function writeVisitorCookie(c: Context, changes: Changes): void {
  const { clock, sealing } = c.get('services')
  const { link, returnTo, typed, prefill, codes, asked, unsaved } = currentVisitorState(c) ?? {}
  // What is undefined is left out of the JSON.
  const visitorState = {
    since: clock.now(),
    link,
    returnTo,
    typed,
    prefill,
    codes,
    asked,
    unsaved,
    ...changes,
  } as VisitorState
  c.set('visitorState', visitorState)
  if (carriesAnything(visitorState))
    writeCookie(c, name, sealing.seal('visit cookie', fittedState(visitorState)), lifetime)
  else removeCookie(c, name)
}

function carriesAnything({ since: _, ...kept }: VisitorState): boolean {
  return Object.values(kept).some((value) => value !== undefined)
}

/** No message: the page is as it always is. */
export function isEmpty({ notice, form }: Flash): boolean {
  return !notice && !form
}

function bounded(flash: Flash): Flash {
  if (!flash.form) return flash
  return { ...flash, form: { ...flash.form, values: cutValues(flash.form.values) } }
}
