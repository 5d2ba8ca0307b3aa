// Passkeys: added, removed, and used: as a log-in, and where who is logged in is asked once more.
import { Authenticator } from '../../support/authenticator.ts'
import { originOf } from '../../support/passkeys.ts'
import { proved } from './commands-entering.ts'
import { holderOf, type Passkey, type Proofs, raise } from './factors.ts'
import {
  type Account,
  type BrowserName,
  endSessions,
  isOpen,
  type Model,
  notify,
  type Session,
  sessionIn,
} from './model.ts'
import { type Real, type Step, step } from './step.ts'
import { isProved, renew } from './while-in.ts'

/** Which of one's own, and whether it checks a PIN, a finger or a face. */
export interface Key {
  pick: number
  isVerified: boolean
}

export const wordsOfKey = ({ pick, isVerified }: Key) => `passkey ${pick}${isVerified ? '' : ' that checks nobody'}`

export function addPasskey(browser: BrowserName): Step {
  return step({
    words: `${browser} adds a passkey`,
    check: (m) => sessionIn(m, browser) !== undefined,
    async act(m, r) {
      const session = sessionIn(m, browser) as Session
      const visitor = r.visitors[browser]
      const asked = await visitor.json('POST', '/api/v1/passkeys/options', {})
      if (!isProved(m, session) || !session.account.isVerified) return [asked.status, 403]
      if (asked.status !== 200) return [asked.status, 200]
      const device = new Authenticator(originOf(r.app))
      const answer = device.make(asked.body.options as object)
      const { status } = await visitor.json('POST', '/api/v1/passkeys', { answer })
      r.devices.push({ holder: holderOf(browser), id: answer.id, device })
      added(m, browser, session, { holder: holderOf(browser), id: answer.id, addedAt: m.now })
      return [status, 200]
    },
  })
}

function added(m: Model, browser: BrowserName, session: Session, passkey: Passkey): void {
  const { account } = session
  const isFirst = account.passkeys.length === 0 && !account.app
  account.passkeys.push(passkey)
  m.made.add(passkey.holder)
  raise(account)
  notify(m, 'passkey-added', account)
  if (!isFirst) return
  endSessions(m, account)
  // Adding one proves nothing.
  renew(m, browser, session, {})
}

export function removePasskey(browser: BrowserName, which: number): Step {
  return step({
    words: `${browser} removes passkey ${which}`,
    check: (m) => (sessionIn(m, browser)?.account.passkeys.length ?? 0) > 0,
    async act(m, r) {
      const session = sessionIn(m, browser) as Session
      const { account } = session
      const visitor = r.visitors[browser]
      const listed = (await visitor.json('GET', '/api/v1/passkeys')).body.passkeys as { id: string }[]
      if (listed.length !== account.passkeys.length) return [listed.length, account.passkeys.length]
      const at = which % listed.length
      const { status } = await visitor.json('POST', '/api/v1/passkeys/remove', { passkey: listed[at]?.id })
      if (!isProved(m, session)) return [status, 403]
      account.passkeys.splice(at, 1)
      raise(account)
      notify(m, 'passkey-removed', account)
      return [status, 204]
    },
  })
}

/** Those that were ever made stay on the device, whatever became of their account. */
export const ownDevices = (r: Real, browser: BrowserName) =>
  r.devices.filter(({ holder }) => holder === holderOf(browser))

export const hasDevice = (m: Readonly<Model>, browser: BrowserName) => m.made.has(holderOf(browser))

export function answerOf(
  r: Real,
  browser: BrowserName,
  options: object,
  { pick, isVerified }: Key,
  wanted: Passkey[] = [],
) {
  const own = ownDevices(r, browser)
  // A browser offers those that the page asks for; the others are sent by people who lie.
  const fitting = own.filter(({ id }) => wanted.some((one) => one.id === id))
  const usable = fitting.length > 0 ? fitting : own
  const { device } = usable[pick % usable.length] as Real['devices'][number]
  const answer = device.use({ ...options, allowCredentials: [] }, { isVerified })
  return { answer, proofs: (now: number): Proofs => ({ key: now, ...(isVerified && { mfa: now }) }) }
}

export const ownerOfKey = (m: Model, id: string): Account | undefined =>
  m.accounts.find(({ passkeys }) => passkeys.some((one) => one.id === id))

export function logInByPasskey(browser: BrowserName, key: Key): Step {
  return step({
    words: `${browser} logs in with ${wordsOfKey(key)}`,
    check: (m) => !sessionIn(m, browser) && hasDevice(m, browser),
    async act(m, r) {
      const visitor = r.visitors[browser]
      const { options, challenge_token } = (await visitor.json('POST', '/api/v1/login/passkey/options', {})).body
      const { answer, proofs } = answerOf(r, browser, options as object, key)
      const { status } = await visitor.json('POST', '/api/v1/login/passkey', { answer, challenge_token })
      const account = ownerOfKey(m, answer.id)
      if (!account || !isOpen(m, account)) return [status, 401]
      const came = proved(m, browser, account, { isRemembered: false, proofs: proofs(m.now) })
      return [status, { in: 200, asked: 403 }[came]]
    },
  })
}

export function reauthenticateByPasskey(browser: BrowserName, key: Key): Step {
  return step({
    words: `${browser} confirms with ${wordsOfKey(key)}`,
    check: (m) => sessionIn(m, browser) !== undefined && hasDevice(m, browser),
    async act(m, r) {
      const session = sessionIn(m, browser) as Session
      const { account } = session
      const visitor = r.visitors[browser]
      const asked = await visitor.json('POST', '/api/v1/two-factor/reauthenticate/options', {})
      if (account.passkeys.length === 0) return [asked.status, 404]
      const { answer, proofs } = answerOf(r, browser, asked.body.options as object, key, account.passkeys)
      const { status } = await visitor.json('POST', '/api/v1/two-factor/reauthenticate', { answer })
      // One factor, and none beside another key.
      const isSecond = key.isVerified || session.proofs.pwd !== undefined
      if (ownerOfKey(m, answer.id) !== account || (account.app && !isSecond)) return [status, 422]
      renew(m, browser, session, { ...proofs(m.now), ...(account.app && { mfa: m.now }) })
      return [status, 200]
    },
  })
}
