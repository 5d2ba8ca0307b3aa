// What ought to be true of accounts, browsers and emails, written down from what the product promises and never by asking
// it: plain objects, and the few verbs that change them.
import type { EmailKind } from '../../../src/email/template.ts'
import { days, hours, type Milliseconds, minutes } from '../../../src/time.ts'
import type { App, Holder, Passkey, Proofs, Trust } from './factors.ts'

/** Two browsers of one person, and one of someone who wants what is theirs. */
export const browserNames = ['desk', 'phone', 'stranger'] as const
export type BrowserName = (typeof browserNames)[number]

export interface Promised {
  registration: 'instant' | 'confirm-first'
  requireVerifiedEmail: boolean
  /** So long someone who deleted their account can come back. */
  deletionDelay: Milliseconds
}

export interface Account {
  email: string
  name: string
  password: string
  /** Counts changes of the password. */
  version: number
  isVerified: boolean
  pending: string | undefined
  closesAt: number | undefined
  /** Counts changes of the app and of passkeys. */
  factorVersion: number
  app: App | undefined
  passkeys: Passkey[]
}

export interface Session {
  account: Account
  /** Filled in when the product has given it. */
  cookie: string
  beganAt: number
  seenAt: number
  proofs: Proofs
  isRemembered: boolean
  isOver: boolean
}

export interface Browser {
  session: Session | undefined
  /** For which accounts this is a known device, the latest in front. */
  knows: { account: object; version: number }[]
  underWay?: UnderWay | undefined
  /** The newest in front. */
  trusts: Trust[]
}

/** A log-in that waits for a confirmed address, or for a code. */
export interface UnderWay {
  account: Account
  version: number
  factorVersion: number
  until: number
  isRemembered: boolean
  proofs: Proofs
  step: 'address' | 'code'
  tries: number
}

export type LinkKind = Extract<
  EmailKind,
  'verify-email' | 'start-account' | 'reset-password' | 'confirm-email' | 'account-deletion-scheduled' | 'email-changed'
>

export interface Link {
  kind: LinkKind
  /** Filled in when the email was read. */
  token: string
  /** For `start-account`: what it will be. */
  account: Account
  /** Where the email went. */
  address: string
  sentAt: number
  expiresAt: number
  state: 'good' | 'used' | 'void'
}

export interface ExpectedEmail {
  kind: EmailKind
  to: string
  link?: Link
}

export interface Model {
  now: number
  steps: number
  /** Which kinds of steps were taken, and how each was answered. */
  taken: Set<string>
  promised: Promised
  accounts: Account[]
  browsers: Record<BrowserName, Browser>
  sessions: Session[]
  links: Link[]
  /** Until when the same email to the same address has to wait. */
  pauses: Map<string, number>
  notices: { account: Account; kind: EmailKind; at: number }[]
  /** How many notices went to an address that nobody had confirmed, since the first of a day. */
  unverified: Map<string, { count: number; until: number }>
  /** What the present step ought to write. */
  emails: ExpectedEmail[]
  /** Who has ever made a passkey. */
  made: Set<Holder>
  /** Codes of apps that were refused, since the account began. */
  wrongCodes: Map<Account, number>
}

export function emptyModel(promised: Promised, now: number): Model {
  const browser = (): Browser => ({ session: undefined, knows: [], trusts: [] })
  const browsers = { desk: browser(), phone: browser(), stranger: browser() }
  const counts = { unverified: new Map(), wrongCodes: new Map(), made: new Set<Holder>() }
  const nothing = { accounts: [], sessions: [], links: [], notices: [], emails: [], ...counts }
  return { now, steps: 0, taken: new Set<string>(), promised, browsers, pauses: new Map(), ...nothing }
}

/** Two spellings of one address are one address. */
export const sameAddress = (one: string, other: string) => one.toLowerCase() === other.toLowerCase()

/** Nobody keeps an address that they have closed without ever confirming it. */
export const ownerOf = (m: Model, address: string) =>
  m.accounts.find((account) => sameAddress(account.email, address) && !hasLeft(account))

const hasLeft = ({ closesAt, isVerified }: Account) => closesAt !== undefined && !isVerified

/** Someone comes for the address of such an account: it has no way back any more. */
export function makeRoom(m: Model, address: string): void {
  for (const account of m.accounts)
    if (sameAddress(account.email, address) && hasLeft(account)) Object.assign(account, { email: '', closesAt: 0 })
}

export const isOpen = (m: Model, account: Account) => m.accounts.includes(account) && account.closesAt === undefined

const idleFor = ({ isRemembered }: Session) => (isRemembered ? days(30) : hours(12))

export function isLive(m: Model, session: Session): boolean {
  if (session.isOver || !isOpen(m, session.account)) return false
  if (m.promised.requireVerifiedEmail && !session.account.isVerified) return false
  return m.now - session.seenAt < idleFor(session) && m.now - session.beganAt < days(90)
}

/** The session in which someone is logged in there. */
export function sessionIn(m: Model, browser: BrowserName): Session | undefined {
  const { session } = m.browsers[browser]
  return session && isLive(m, session) ? session : undefined
}

interface Beginning {
  isRemembered?: boolean
  proofs?: Proofs
}

export function begin(
  m: Model,
  browser: BrowserName,
  account: Account,
  { isRemembered = false, proofs }: Beginning = {},
) {
  const at = { beganAt: m.now, seenAt: m.now, proofs: proofs ?? { pwd: m.now } }
  const session = { account, cookie: '', ...at, isRemembered, isOver: false }
  m.sessions.push(session)
  m.browsers[browser].session = session
  // The cookie of a log-in under way goes with it.
  m.browsers[browser].underWay = undefined
  remember(m, browser, account, account.version)
}

/** The password was right, and there is no session before the address is confirmed: for an hour. */
export function waitForAddress(m: Model, browser: BrowserName, account: Account, isRemembered = false): void {
  const { version, factorVersion } = account
  const waiting = { account, version, factorVersion, until: m.now + hours(1), isRemembered, proofs: { pwd: m.now } }
  m.browsers[browser].underWay = { ...waiting, step: 'address', tries: 0 }
}

export function underWayIn(m: Model, browser: BrowserName, account: Account) {
  const { underWay } = m.browsers[browser]
  if (underWay?.account !== account || underWay.step !== 'address') return undefined
  return underWay.version === account.version && m.now < underWay.until ? underWay : undefined
}

/** A family's worth of accounts; the password before this one makes room. */
export function remember(m: Model, browser: BrowserName, account: object, version: number): void {
  const here = m.browsers[browser]
  const others = here.knows.filter((one) => one.account !== account || ![version, version - 1].includes(one.version))
  here.knows = [{ account, version }, ...others.slice(0, 3)]
}

export const isKnown = (m: Model, browser: BrowserName, account: Account, version = account.version) =>
  m.browsers[browser].knows.some((one) => one.account === account && one.version === version)

export function endSessions(m: Model, account: Account, kept?: Session): void {
  for (const session of m.sessions) if (session.account === account && session !== kept) session.isOver = true
}

/** Nobody is in, goes on or skips the second factor, also where the account comes back in time. */
export function endAccess(m: Model, account: Account): void {
  endSessions(m, account)
  for (const browser of Object.values(m.browsers)) {
    if (browser.underWay?.account === account) browser.underWay = undefined
    browser.trusts = browser.trusts.filter((trust) => trust.account !== account)
  }
}

/** It is gone, and everything with it. */
export function removeAccount(m: Model, account: Account): void {
  endSessions(m, account)
  voidLinks(m, account, ['email-changed'])
  m.accounts = m.accounts.filter((one) => one !== account)
}

/** Not the way back to an address that was left. */
const ofAccounts: LinkKind[] = ['verify-email', 'reset-password', 'confirm-email', 'account-deletion-scheduled']

export function voidLinks(m: Model, account: Account, kinds: LinkKind[] = ofAccounts): void {
  for (const link of m.links)
    if (link.account === account && link.state === 'good' && kinds.includes(link.kind)) link.state = 'void'
}

export const isGood = (m: Model, { state, expiresAt }: Link) => state === 'good' && expiresAt > m.now

/** For anyone who left it can put it back. */
export const isReserved = (m: Model, address: string) =>
  m.links.some((link) => link.kind === 'email-changed' && isGood(m, link) && sameAddress(link.address, address))

function lifeOf(m: Model, kind: LinkKind): Milliseconds {
  if (kind === 'account-deletion-scheduled') return m.promised.deletionDelay
  if (kind === 'email-changed') return days(7)
  return hours(kind === 'reset-password' ? 1 : 24)
}

/** An email with a link: it makes the earlier ones of its kind worthless. */
export function writeLink(m: Model, kind: LinkKind, account: Account, address: string): void {
  voidLinks(m, account, [kind])
  m.emails.push({ kind, to: address, link: newLink(m, kind, account, address) })
}

export function newLink(m: Model, kind: LinkKind, account: Account, address: string): Link {
  const times = { sentAt: m.now, expiresAt: m.now + lifeOf(m, kind) }
  const link: Link = { kind, token: '', account, address, ...times, state: 'good' }
  m.links.push(link)
  return link
}

/** To the address in force; at most ten of a kind in a day, and twenty in all where nobody has confirmed it. */
export function notify(m: Model, kind: EmailKind, account: Account, link?: Link): void {
  if (!account.isVerified && !hasRoom(m, account.email)) return
  const already = m.notices.filter((one) => one.account === account && one.kind === kind && one.at > m.now - hours(24))
  if (already.length >= 10) return
  m.notices.push({ account, kind, at: m.now })
  m.emails.push({ kind, to: account.email, ...(link && { link }) })
}

function hasRoom(m: Model, email: string): boolean {
  const address = email.toLowerCase()
  const before = m.unverified.get(address)
  const day = before && before.until > m.now ? before : { count: 0, until: m.now + hours(24) }
  m.unverified.set(address, { ...day, count: Math.min(20, day.count + 1) })
  return day.count < 20
}

/** Whether such an email may be written now; if so, the next has to wait. */
export function mayAskFor(m: Model, kind: string, address: string): boolean {
  if (isPaused(m, kind, address)) return false
  m.pauses.set(pauseKey(kind, address), m.now + minutes(1))
  return true
}

const isPaused = (m: Model, kind: string, address: string) => (m.pauses.get(pauseKey(kind, address)) ?? 0) > m.now

const pauseKey = (kind: string, address: string) => `${kind} ${address.toLowerCase()}`
