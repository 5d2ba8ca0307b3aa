// Who plays: what the two of them know, and which emails they can read.
import { type Account, type BrowserName, isGood, type Link, type Model } from './model.ts'

export const addresses = ['anna@example.org', 'anna.work@example.org', 'mallory@example.net'] as const
const [home, , theirs] = addresses

/** As some people type it: the same address in another spelling. */
export const spelled = (address: string, isOdd: boolean) => (isOdd ? address.replace('anna', 'ANNA') : address)

/** The first of the owner's passwords has become known to the stranger. */
const leaked = 'violet tram lamp'
const passwords = {
  owner: [leaked, 'amber ferry clock', 'quiet copper windmill'],
  stranger: ['hollow pine kettle', 'rusty anchor violin', leaked],
}

export const passwordsOf = (browser: BrowserName) => passwords[browser === 'stranger' ? 'stranger' : 'owner']

/** What someone types who means well, or who tries what they know. */
export interface TypedPassword {
  isRight: boolean
  pick: number
}

export function typedPassword(browser: BrowserName, account: Account | undefined, typed: TypedPassword): string {
  const known = passwordsOf(browser)
  if (typed.isRight && account && known.includes(account.password)) return account.password
  return known[typed.pick % known.length] ?? ''
}

export const usualAddress = (browser: BrowserName) => (browser === 'stranger' ? theirs : home)

/** The newest in front, or those that still work. The stranger reads their own mailbox, and once saw every link that is dead by now. */
export function linksWithin(m: Model, browser: BrowserName, goodFirst: boolean): Link[] {
  const sent = m.links.filter(({ token }) => token !== '')
  const seen = sent.filter((link) => browser !== 'stranger' || link.address === theirs || !isGood(m, link)).reverse()
  if (!goodFirst) return seen
  return [...seen.filter((link) => isGood(m, link)), ...seen.filter((link) => !isGood(m, link))]
}
