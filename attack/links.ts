// The links in emails: how someone comes by one, what its button sends, and how one sees that it has done its work.
import type { Browser } from './browser.ts'
import type { Answer } from './http.ts'
import { linkTo } from './mailbox.ts'
import { type Fields, passphrase, someone } from './people.ts'
import { sessionOf, type Target } from './target.ts'

/** Someone with an account, a browser in which it was made, and emails that nobody else uses up. */
export interface Owner extends Fields {
  site: Target
  browser: Browser
  /** A password to come. */
  fresh: string
  /** An address to come. */
  next: string
}

export async function newOwner(target: Target, fields: Partial<Fields> = {}): Promise<Owner> {
  const site = target.elsewhere()
  const person = { ...someone(), ...fields }
  const browser = site.browser()
  const { status, cookies } = await browser.submit('/register', person)
  if (!sessionOf({ cookies })) throw new Error(`an honest registration was answered ${status}`)
  return { ...person, site, browser, fresh: passphrase(), next: someone().email }
}

export interface Link {
  /** Its address begins so. */
  page: string
  /** Where its button posts to. */
  button: string
  /** Its owner asks for it. @returns its path. */
  ask(owner: Owner): Promise<string>
  fields(owner: Owner): Record<string, string>
  isDone(owner: Owner): Promise<boolean>
}

export const verifying: Link = {
  page: '/verify-email',
  button: '/verify-email/confirm',
  ask: ({ site, email }) => linkTo(site, email, '/verify-email'),
  fields: () => ({}),
  isDone: (owner) => isVerified(owner),
}

export const resetting: Link = {
  page: '/reset-password',
  button: '/reset-password',
  async ask({ site, email }) {
    await site.json('/api/v1/forgot-password', { email })
    return linkTo(site, email, '/reset-password')
  },
  fields: ({ fresh }) => ({ new_password: fresh }),
  isDone: (owner) => opens(owner, owner.fresh),
}

export const moving: Link = {
  page: '/confirm-email',
  button: '/confirm-email',
  async ask(owner) {
    await sendForm(owner.browser, '/account/email', { new_email: owner.next })
    return linkTo(owner.site, owner.next, '/confirm-email')
  },
  fields: () => ({}),
  isDone: async ({ site, browser, next }) => (await site.whoIs(browser.cookie)) === next,
}

export const returning: Link = {
  page: '/restore-account',
  button: '/restore-account',
  async ask({ site, browser, email, password }) {
    await sendForm(browser, '/account/delete', { current_password: password })
    return linkTo(site, email, '/restore-account')
  },
  fields: () => ({}),
  isDone: (owner) => opens(owner, owner.password),
}

/** The address that was left comes back; anyone who changed it is logged out. */
export const undoing: Link = {
  page: '/undo-email-change',
  button: '/undo-email-change',
  async ask(owner) {
    // An address that nobody has confirmed has no way back.
    await press(owner.browser, verifying, await verifying.ask(owner))
    await press(owner.browser, moving, await moving.ask(owner))
    return linkTo(owner.site, owner.email, '/undo-email-change')
  },
  fields: ({ email }) => ({ email }),
  isDone: async ({ site, browser, next }) => (await site.whoIs(browser.cookie)) !== next,
}

export const allLinks = [verifying, resetting, moving, returning, undoing]

/** Opens a link and presses its button, with whatever cookies that browser has. */
export async function press(
  browser: Browser,
  { button }: Link,
  path: string,
  fields: Record<string, string> = {},
): Promise<Answer> {
  await browser.open(path)
  return sendForm(browser, button, fields)
}

/**
 * Opens the page of a form and sends it. A page leads on whatever comes of it, so the status says what it led to: 200 done,
 * 422 back with messages, 401 to the login, 403 to the password; any other is that of the page that refused.
 */
export async function sendForm(browser: Browser, path: string, fields: Record<string, string>): Promise<Answer> {
  const answer = await browser.submit(path, fields)
  const to = answer.headers.location
  if (answer.status !== 303 || to === undefined) return answer
  if (to.startsWith('/login?')) return { ...answer, status: 401 }
  if (to.startsWith('/reauthenticate') && path !== '/reauthenticate') return { ...answer, status: 403 }
  const { body } = await browser.open(to)
  return { ...answer, status: body.includes('class="summary"') ? 422 : 200 }
}

/** What must work before an attack can mean anything. */
export function expected(isSo: boolean, what: string): void {
  if (!isSo) throw new Error(`the way there: ${what}`)
}

export async function opens({ site, email }: Pick<Owner, 'site' | 'email'>, password: string): Promise<boolean> {
  return !!sessionOf(await site.json('/api/v1/login', { email, password }))
}

export async function isVerified({ site, browser }: Pick<Owner, 'site' | 'browser'>): Promise<boolean> {
  const { body } = await site.get('/account/export', { cookie: browser.cookie })
  return /"email_verified_at": ?"/.test(body)
}
