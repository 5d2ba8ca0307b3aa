// Someone with an authenticator app, and how anyone gets as far as the question for its code.
import { createHmac } from 'node:crypto'
import type { Browser } from './browser.ts'
import type { Answer } from './http.ts'
import { expected, newOwner, type Owner, press, verifying } from './links.ts'
import { sessionOf, type Target } from './target.ts'

export interface Protected extends Owner {
  /** As it stands on the page: Base32. */
  key: string
  /** The code that set it up. */
  first: string
  codes: string[]
}

const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'

/** What an app shows (RFC 6238), so many steps of 30 seconds away from now. */
export function codeOf(key: string, away = 0): string {
  const bits = [...key].map((one) => alphabet.indexOf(one).toString(2).padStart(5, '0')).join('')
  const secret = Buffer.from((bits.match(/.{8}/g) ?? []).map((byte) => Number.parseInt(byte, 2)))
  const counter = Buffer.alloc(8)
  counter.writeBigUInt64BE(BigInt(Math.floor(Date.now() / 30_000) + away))
  const hash = createHmac('sha1', secret).update(counter).digest()
  const at = (hash.at(-1) ?? 0) & 15
  return String((hash.readUInt32BE(at) & 0x7fffffff) % 1_000_000).padStart(6, '0')
}

export const keyOn = ({ body }: Pick<Answer, 'body'>) =>
  (/<p class="code"[^>]*>([A-Z2-7 ]+)</.exec(body)?.[1] ?? '').replaceAll(' ', '')

export const setupOn = ({ body }: Pick<Answer, 'body'>) => /name="setup" value="([^"]*)"/.exec(body)?.[1] ?? ''

const codesOn = ({ body }: Pick<Answer, 'body'>) =>
  [...body.matchAll(/<li>((?:[a-z2-7]{4}-){3}[a-z2-7]{4})<\/li>/g)].map(([, code = '']) => code)

/** Someone whose address is confirmed, so that they may set an app up. */
export async function newConfirmed(target: Target): Promise<Owner> {
  const owner = await newOwner(target)
  await press(owner.browser, verifying, await verifying.ask(owner))
  return owner
}

/** Confirmed with the code before this one, so that the code of this moment is still good. */
export async function newProtected(target: Target): Promise<Protected> {
  const owner = await newConfirmed(target)
  const { browser } = owner
  const page = await browser.open('/account/two-factor')
  const key = keyOn(page)
  let codes: string[] = []
  let first = ''
  // It may be too old by the time it arrives: then it is sent once more.
  for (let time = 0; time < 3 && codes.length === 0; time += 1) {
    first = codeOf(key, -1)
    await browser.post('/account/two-factor', { setup: setupOn(page), code: first })
    codes = codesOn(await browser.open('/account/recovery-codes'))
    if (codes.length === 0) await browser.open('/account/two-factor')
  }
  expected(key.length === 32 && codes.length === 10, `an app was not set up, ${codes.length} recovery codes`)
  return { ...owner, key, first, codes }
}

/** A browser in which the password was right, and nothing else yet. */
export async function afterPassword(
  { site, email, password }: Owner,
  more: Record<string, string> = {},
  browser: Browser = site.browser(),
): Promise<Browser> {
  await browser.submit('/login', { email, password, ...more })
  await browser.open('/two-factor')
  return browser
}

export const isIn = async ({ site }: Pick<Owner, 'site'>, { cookie }: { cookie: string }) =>
  (await site.whoIs(cookie)) !== undefined

export const spoken = (isInside: boolean) => (isInside ? 'a session' : 'no session')

/** A log-in of a program: what it is answered, and the token that it goes on with. */
export async function programAfterPassword({ site, email, password }: Owner, session = 'bearer') {
  const answer = await site.json('/api/v1/login', { email, password, session })
  const loginToken = /"login_token": ?"([^"]+)"/.exec(answer.body)?.[1] ?? ''
  const isHeld = answer.status === 403 && !sessionOf(answer) && !answer.body.includes('"token"')
  return { answer, loginToken, isHeld }
}

/** Whether the account has an app, as its owner's own session sees it. */
export async function hasApp({ site, browser }: Owner): Promise<boolean> {
  const { body } = await site.get('/api/v1/two-factor', { cookie: browser.cookie, accept: 'application/json' })
  return /"app": ?\{/.test(body)
}

/** A cookie of that browser, by a part of its name. */
export function cookieNamed({ cookies }: Browser, part: string): [name: string, value: string] {
  return [...cookies].find(([name]) => name.includes(part)) ?? ['', '']
}

/** What the cookie of a session is called there. */
export const sessionNameOf = ({ cookies }: Browser) =>
  [...cookies.keys()].find((name) => /^(__Host-)?gatelodge(-\d+)?$/.test(name)) ?? ''

/** Trusts that browser, by a code of this moment. */
export async function trust(owner: Protected): Promise<Browser> {
  const browser = await afterPassword(owner)
  await browser.post('/two-factor', { code: codeOf(owner.key), trust: 'yes' })
  return browser
}
