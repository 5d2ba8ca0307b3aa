// A visitor's short-lived, sealed cookie: who they are until they log in, and the messages for the next page. It is read
// once, costs no row, and never becomes the session.
import { isSame, random } from '../identity/sealing.ts'
import { hours, minutes } from '../time.ts'
import type { Context } from './context.ts'
import { readCookie, writeCookie } from './cookies.ts'
import type { Flash, Visit } from './visit.ts'

const name = 'gatelodge-visit'
const lifetime = hours(1)
const renewAfter = minutes(30)

/** What the cookie holds, if it is ours and not too old. */
export function currentVisit(c: Context): Visit | undefined {
  if (c.get('visit')) return c.get('visit')
  const sealed = readCookie(c, name)
  const text = sealed && c.get('services').sealing.open('visit cookie', sealed)
  if (!text) return undefined
  const visit = JSON.parse(text) as Visit
  if (c.get('services').clock.now() - visit.since >= lifetime) return undefined
  c.set('visit', visit)
  return visit
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
  if (c.env?.again) return c.env.again
  const { form, ...flash } = currentVisit(c)?.flash ?? {}
  if (form || flash.notice) writeVisit(c, {})
  return form?.path === c.req.path ? { ...flash, form } : flash
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
  keepInVisit(c, { typed: { path: c.req.path, values: cutAll(values) } })
}

type Changes = { [name in 'id' | 'link' | 'returnTo' | 'typed']?: Visit[name] | undefined }

function writeVisit(c: Context, changes: Changes & { flash?: Flash }): Visit {
  const { clock, sealing } = c.get('services')
  const { id = newVisitId(), link, returnTo, typed } = currentVisit(c) ?? {}
  // What is undefined is left out of the JSON.
  const visit = { id, since: clock.now(), link, returnTo, typed, ...changes } as Visit
  c.set('visit', visit)
  writeCookie(c, name, sealing.seal('visit cookie', JSON.stringify(visit)), lifetime)
  return visit
}

function newVisitId(): string {
  return random(16).toString('base64url')
}

/** Nothing to tell: the page is as it always is. */
export function isEmpty({ notice, form }: Flash): boolean {
  return !notice && !form
}

/** Browsers drop cookies over 4096 bytes (ASVS V3.3.5): values that no rule would accept anyway are cut. */
function bounded(flash: Flash): Flash {
  if (!flash.form) return flash
  return { ...flash, form: { ...flash.form, values: cutAll(flash.form.values) } }
}

/** In their order: a site's own fields come last, and share what is left. */
function cutAll(values: Record<string, string>): Record<string, string> {
  let left = mostBytesInAll
  return Object.fromEntries(
    Object.entries(values).map(([field, value]) => {
      const kept = cut(value, Math.max(0, Math.min(mostBytes, left)))
      left -= Buffer.byteLength(JSON.stringify(kept))
      return [field, kept]
    }),
  )
}

const mostBytes = 600
const mostBytesInAll = 1_600

function cut(value: string, mostBytes: number): string {
  const text = value.toWellFormed()
  if (Buffer.byteLength(JSON.stringify(text)) <= mostBytes) return text
  let kept = ''
  let size = 2
  for (const character of text) {
    size += Buffer.byteLength(JSON.stringify(character)) - 2
    if (size > mostBytes) break
    kept += character
  }
  return kept
}
