// A visitor's short-lived, sealed cookie: who they are until they log in, and the messages for the next page. It is read
// once, costs no row, and never becomes the session.
import { isSame, random } from '../identity/sealing.ts'
import { hours, minutes } from '../time.ts'
import type { Context } from './context.ts'
import { expireStrays, readCookies, writeCookie } from './cookies.ts'
import { paths } from './paths.ts'
import type { Flash, Visit } from './visit.ts'
import { cutValues, fittedVisit } from './visit-size.ts'

const name = 'gatelodge-visit'
const lifetime = hours(1)
/** A page that shows a form finds at least as much of its visit left. */
export const renewAfter = minutes(30)

/** What the cookie holds, if it is ours and not too old. Of several, the newest. */
export function currentVisit(c: Context): Visit | undefined {
  if (c.get('visit')) return c.get('visit')
  const sealed = readCookies(c, name)
  const visit = sealed.map((one) => openVisit(c, one)).reduce(newer, undefined)
  if (visit) c.set('visit', visit)
  if (sealed.length > 1) {
    expireStrays(c, name)
    if (visit) writeVisit(c, visit)
  }
  return visit
}

function openVisit(c: Context, sealed: string): Visit | undefined {
  const { sealing, clock } = c.get('services')
  const text = sealing.open('visit cookie', sealed)
  const visit = text ? (JSON.parse(text) as Visit) : undefined
  return visit && clock.now() - visit.since < lifetime ? visit : undefined
}

function newer(one: Visit | undefined, other: Visit | undefined): Visit | undefined {
  return one && other ? (other.since > one.since ? other : one) : (one ?? other)
}

/** Whether the browser brought a visit cookie, whatever it is worth. */
export function hasVisit(c: Context): boolean {
  return readCookies(c, name).length > 0
}

/** The visit that a form is bound to; begins one where there is none, and renews one that would end while people type. */
export function beginVisit(c: Context): Visit {
  const visit = currentVisit(c)
  if (visit && c.get('services').clock.now() - visit.since < renewAfter) return visit
  return writeVisit(c, visit?.flash ? { flash: visit.flash } : {})
}

/**
 * A form that was got before logging in or out is worth nothing afterwards.
 * @param keepsLink whoever logs in to go on with a link from a letter finds it again.
 */
export function renewVisit(c: Context, { keepsLink = false } = {}): void {
  const before = currentVisit(c)
  if (!before) return
  c.set('visit', { id: newVisitId(), since: c.get('services').clock.now() })
  writeVisit(c, { link: keepsLink ? before.link : undefined })
}

/** Leaves messages for the next page. */
export function leaveFlash(c: Context, flash: Flash): void {
  writeVisit(c, { flash: bounded(flash) })
}

/** Takes the messages that were left: they are gone afterwards. What was typed is shown on its own form only. */
export function takeFlash(c: Context): Flash {
  if (c.env?.again) return shownAgain(c, c.env.again)
  const { form, ...flash } = currentVisit(c)?.flash ?? {}
  if ((form || flash.notice) && isOpened(c)) writeVisit(c, {})
  return form?.path === c.req.path ? { ...flash, form } : flash
}

/** Not a HEAD, and not fetched in case somebody opens it: what nobody reads uses up no message. */
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

/** The address that was typed, and at the log-in page whether to be kept logged in, go along on every detour. */
export function keepWayIn(c: Context, { email, remember }: Record<string, string>): void {
  if (email === undefined) return
  const wish = c.req.path === paths.login ? { remember: Boolean(remember) } : {}
  keepInVisit(c, { wayIn: { ...currentVisit(c)?.wayIn, ...cutValues({ email }), ...wish } })
}

/** Keeps, beside the messages, what else the visit carries. It goes when it is given as undefined. */
export function keepInVisit(c: Context, kept: Changes): void {
  const flash = currentVisit(c)?.flash
  writeVisit(c, { ...(flash && { flash }), ...kept })
}

/** The page of another link may stand open in another tab: what is typed there must not go to this one, so its form is stale. */
export function keepLink(c: Context, link: NonNullable<Visit['link']>): void {
  const before = currentVisit(c)?.link
  const isAnother = before !== undefined && !isSame(before.token, link.token)
  keepInVisit(c, { link, ...(isAnother && { id: newVisitId() }) })
}

/** For when the password has been typed: it is gone when somebody logs in or out instead. */
export function keepTyped(c: Context, values: Record<string, string>): void {
  keepInVisit(c, { typed: { path: c.req.path, values: cutValues(values) } })
}

type Changes = { [name in 'id' | 'link' | 'returnTo' | 'typed' | 'wayIn']?: Visit[name] | undefined }

function writeVisit(c: Context, changes: Changes & { flash?: Flash }): Visit {
  const { clock, sealing } = c.get('services')
  const { id = newVisitId(), link, returnTo, typed, wayIn } = currentVisit(c) ?? {}
  // What is undefined is left out of the JSON.
  const visit = { id, since: clock.now(), link, returnTo, typed, wayIn, ...changes } as Visit
  c.set('visit', visit)
  writeCookie(c, name, sealing.seal('visit cookie', fittedVisit(visit)), lifetime)
  return visit
}

function newVisitId(): string {
  return random(16).toString('base64url')
}

/** Nothing to tell: the page is as it always is. */
export function isEmpty({ notice, form }: Flash): boolean {
  return !notice && !form
}

function bounded(flash: Flash): Flash {
  if (!flash.form) return flash
  return { ...flash, form: { ...flash.form, values: cutValues(flash.form.values) } }
}
