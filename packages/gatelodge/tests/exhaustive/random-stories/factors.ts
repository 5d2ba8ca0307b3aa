// What ought to be true of second factors and passkeys: who holds them, what proves what, and what makes it worthless.
import { days, minutes, seconds } from '../../../src/time.ts'
import { type Account, type BrowserName, isOpen, type Model, type UnderWay } from './model.ts'

/** Who holds an app, its codes or a key: both browsers of the owner are theirs. */
export type Holder = 'owner' | 'stranger'
export const holderOf = (browser: BrowserName): Holder => (browser === 'stranger' ? 'stranger' : 'owner')

/** When each was proved. `key` is a passkey, and `mfa` is all that two factors need. */
export interface Proofs {
  pwd?: number
  email?: number
  key?: number
  mfa?: number
}

export interface App {
  holder: Holder
  /** Filled in when the product has shown it. */
  key: string
  /** The last 30 seconds whose code was taken. */
  lastStep: number
  addedAt: number
  codes: RecoveryCode[]
  codesMadeAt: number
}

export interface RecoveryCode {
  holder: Holder
  text: string
  isUsed: boolean
}

export interface Passkey {
  holder: Holder
  id: string
  addedAt: number
}

/** A browser that is not asked for the second factor of an account as it was then. */
export interface Trust {
  account: Account
  version: number
  factorVersion: number
  until: number
}

export const stepAt = (now: number) => Math.floor(now / seconds(30))

/** What was proved before a change of the factors is worthless after it. */
export function raise(account: Account): void {
  account.factorVersion += 1
}

export function trustIn(m: Model, browser: BrowserName, account: Account): boolean {
  return m.browsers[browser].trusts.some(
    (one) =>
      one.account === account &&
      one.version === account.version &&
      one.factorVersion === account.factorVersion &&
      one.until > m.now,
  )
}

/** A cookie holds four. */
export function trust(m: Model, browser: BrowserName, account: Account): void {
  const here = m.browsers[browser]
  const { version, factorVersion } = account
  here.trusts = [{ account, version, factorVersion, until: m.now + days(30) }, ...here.trusts].slice(0, 4)
}

export const asksForCode = (m: Model, browser: BrowserName, account: Account, { mfa }: Proofs) =>
  account.app !== undefined && mfa === undefined && !trustIn(m, browser, account)

/** For ten minutes, and at five wrong answers it is over. */
export function waitForCode(m: Model, browser: BrowserName, account: Account, proofs: Proofs, isRemembered: boolean) {
  const { version, factorVersion } = account
  const until = m.now + minutes(10)
  m.browsers[browser].underWay = {
    ...{ account, version, factorVersion, until, isRemembered, proofs },
    step: 'code',
    tries: 0,
  }
}

export function isGoing(m: Model, { account, version, factorVersion, until, tries }: UnderWay): boolean {
  const isSame = account.version === version && account.factorVersion === factorVersion
  return isSame && isOpen(m, account) && until > m.now && tries < 5
}

/** @returns whether the code of that moment is taken: this one or the one before, and each once. */
export function takeCode(m: Model, { app }: Account, who: Holder, away: number): boolean {
  const step = stepAt(m.now) + away
  if (!app || app.holder !== who || (away !== 0 && away !== -1) || step <= app.lastStep) return false
  app.lastStep = step
  return true
}

/** @returns how many are left; undefined where it was not one of them. */
export function takeRecoveryCode({ app }: Account, text: string): number | undefined {
  const code = app?.codes.find((one) => one.text === text && !one.isUsed)
  if (!app || !code) return undefined
  code.isUsed = true
  return app.codes.filter(({ isUsed }) => !isUsed).length
}

/** As someone undoes a change of address: a factor from before it is the owner's, and all since then goes. */
export function removeSince(account: Account, since: number): void {
  if (account.app && account.app.addedAt >= since) {
    account.app = undefined
    account.passkeys = account.passkeys.filter(({ addedAt }) => addedAt < since)
    raise(account)
    return
  }
  if (account.app) account.app.codes = account.app.codesMadeAt >= since ? [] : account.app.codes
  const kept = account.passkeys.filter(({ addedAt }) => addedAt < since)
  if (kept.length < account.passkeys.length) raise(account)
  account.passkeys = kept
}
