// What the button behind each kind of link ought to do, in whichever browser it is pressed, and what it answers.
import { removeSince } from './factors.ts'
import {
  type Account,
  type BrowserName,
  begin,
  endSessions,
  isGood,
  isKnown,
  isOpen,
  isReserved,
  type Link,
  type Model,
  makeRoom,
  newLink,
  notify,
  ownerOf,
  sameAddress,
  sessionIn,
  underWayIn,
  voidLinks,
} from './model.ts'

export interface Opened {
  browser: BrowserName
  link: Link
  /** In the one field that there is. */
  typed: string
}

/** @returns the answers that are right. */
type Judge = (m: Model, opened: Opened) => number | number[]

export interface Door {
  path: string
  button: string
  field?: 'password' | 'new_password' | 'email'
  judge: Judge
}

export const doors: Record<Link['kind'], Door> = {
  'verify-email': { path: '/verify-email', button: '/verify-email/confirm', field: 'password', judge: verified },
  'start-account': { path: '/register/start', button: '/register/start', field: 'password', judge: started },
  'reset-password': { path: '/reset-password', button: '/reset-password', field: 'new_password', judge: reset },
  'confirm-email': { path: '/confirm-email', button: '/confirm-email', judge: changed },
  'account-deletion-scheduled': { path: '/restore-account', button: '/restore-account', judge: cameBack },
  'email-changed': { path: '/undo-email-change', button: '/undo-email-change', field: 'email', judge: putBack },
}

const dead = 410

/** An address that is confirmed is a success whenever it is asked for, for as long as the link is remembered. */
const doneOrDead = [200, dead]

function verified(m: Model, { browser, link, typed: password }: Opened): number | number[] {
  const { account } = link
  const session = sessionIn(m, browser)
  // For a person who is logged in and has confirmed the address already, the page says so.
  const nothing = session?.account.isVerified ? 200 : dead
  if (link.state === 'void' || !isOpen(m, account) || !sameAddress(account.email, link.address)) return nothing
  if (account.isVerified) return [200, nothing]
  if (!isGood(m, link)) return nothing
  const own = session?.account === account ? session : undefined
  const underWay = session ? undefined : underWayIn(m, browser, account)
  const isAsked = !own && !underWay && !isKnown(m, browser, account)
  if (isAsked && password !== account.password) return 422
  link.state = 'used'
  account.isVerified = true
  account.pending = undefined
  voidLinks(m, account)
  endSessions(m, account, own)
  // Anyone who has typed the password as well is in, now or within the last hour.
  if (underWay) begin(m, browser, account, { isRemembered: underWay.isRemembered })
  else if (isAsked && !session) begin(m, browser, account)
  return 200
}

function started(m: Model, { browser, link, typed: password }: Opened): number {
  const { account } = link
  if (!isGood(m, link)) return dead
  if (!isKnown(m, browser, account, 1) && password !== account.password) return 422
  if (ownerOf(m, account.email) || isReserved(m, account.email)) return dead
  for (const other of m.links)
    if (other.kind === 'start-account' && sameAddress(other.address, link.address)) other.state = 'void'
  link.state = 'used'
  account.isVerified = true
  makeRoom(m, account.email)
  m.accounts.push(account)
  begin(m, browser, account)
  return 200
}

const worksFor = (m: Model, link: Link, account: Account) =>
  isGood(m, link) && isOpen(m, account) && sameAddress(account.email, link.address)

function reset(m: Model, { browser, link, typed: password }: Opened): number {
  const { account } = link
  if (!worksFor(m, link, account)) return dead
  link.state = 'used'
  account.password = password
  account.version += 1
  if (!account.isVerified) account.name = account.email.split('@')[0] ?? ''
  account.isVerified = true
  account.pending = undefined
  endSessions(m, account)
  voidLinks(m, account)
  notify(m, 'password-reset', account)
  leave(m, browser)
  return 200
}

/** An email logs nobody in, and it does not matter who was logged in here before. */
function leave(m: Model, browser: BrowserName): void {
  const session = sessionIn(m, browser)
  if (session) session.isOver = true
  m.browsers[browser].session = undefined
}

function changed(m: Model, { browser, link }: Opened): number | number[] {
  const { account } = link
  if (!isOpen(m, account)) return dead
  if (link.state === 'used' && sameAddress(account.email, link.address)) return doneOrDead
  if (!isGood(m, link) || !sameAddress(account.pending ?? '', link.address)) return dead
  const session = sessionIn(m, browser)
  if (session?.account !== account) return 401
  if (ownerOf(m, link.address)) return dead
  link.state = 'used'
  // Where nobody had confirmed the old address, it is perhaps a stranger's.
  notify(
    m,
    'email-changed',
    account,
    account.isVerified ? newLink(m, 'email-changed', account, account.email) : undefined,
  )
  makeRoom(m, link.address)
  account.email = account.pending ?? ''
  account.pending = undefined
  account.isVerified = true
  voidLinks(m, account)
  endSessions(m, account, session)
  return 200
}

function cameBack(m: Model, { link }: Opened): number {
  const { account } = link
  if (!isGood(m, link) || !m.accounts.includes(account) || (account.closesAt ?? 0) <= m.now) return dead
  link.state = 'used'
  account.closesAt = undefined
  return 200
}

/** Anyone who took the account over is out, and so is what they have done since; a new password comes by email. */
function putBack(m: Model, { browser, link, typed }: Opened): number {
  const { account } = link
  const isThere = m.accounts.includes(account) && (account.closesAt ?? Number.POSITIVE_INFINITY) > m.now
  if (!isGood(m, link) || !isThere) return dead
  if (!sameAddress(typed, link.address)) return 422
  const owner = ownerOf(m, link.address)
  if (owner && owner !== account) return dead
  makeRoom(m, link.address)
  notify(m, 'email-change-undone', account)
  link.state = 'used'
  Object.assign(account, { email: typed, password: 'one that nobody knows', isVerified: true })
  Object.assign(account, { version: account.version + 1, pending: undefined, closesAt: undefined })
  removeSince(account, link.sentAt)
  endSessions(m, account)
  voidLinks(m, account)
  for (const younger of m.links.slice(m.links.indexOf(link) + 1))
    if (younger.account === account && younger.kind === 'email-changed' && younger.state === 'good')
      younger.state = 'void'
  leave(m, browser)
  return 200
}
