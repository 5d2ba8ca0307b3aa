// What people do about their account once they are in.
import { days, minutes } from '../../src/time.ts'
import { sentAgain } from './commands-entering.ts'
import {
  type BrowserName,
  begin,
  endSessions,
  isLive,
  type Model,
  mayAskFor,
  notify,
  ownerOf,
  type Session,
  sameAddress,
  sessionIn,
  voidLinks,
  writeLink,
} from './model.ts'
import { passwordsOf, type TypedPassword, typedPassword } from './people.ts'
import { type Real, type Step, step } from './step.ts'

interface Doing {
  browser: BrowserName
  words: string
  ask(r: Real, session: Session, m: Model): Promise<{ status: number }>
  /** @returns the answer that is right. */
  judge(m: Model, session: Session): number
}

function whileIn({ browser, words, ask, judge }: Doing): Step {
  return step({
    words: `${browser} ${words}`,
    check: (m) => sessionIn(m, browser) !== undefined,
    async act(m, r) {
      const session = sessionIn(m, browser) as Session
      const { status } = await ask(r, session, m)
      return [status, judge(m, session)]
    },
  })
}

const post = (r: Real, browser: BrowserName, path: string, fields: object) =>
  r.visitors[browser].json('POST', path, fields)

const isProved = (m: Model, { provedAt }: Session) => m.now - provedAt < minutes(10)

export function sendAgain(browser: BrowserName): Step {
  return whileIn({
    browser,
    words: 'asks for the letter that confirms the address',
    ask: (r) => post(r, browser, '/verify-email', {}),
    judge: (m, { account }) => sentAgain(m, account),
  })
}

export function changePassword(browser: BrowserName, typed: TypedPassword): Step {
  const known = passwordsOf(browser)
  const new_password = known[(typed.pick + 1) % known.length] ?? ''
  const current = ({ account }: Session) => typedPassword(browser, account, typed)
  return whileIn({
    browser,
    words: `changes the password to "${new_password}" (${typed.isRight ? 'right' : typed.pick})`,
    ask: (r, session) => post(r, browser, '/account/password', { current_password: current(session), new_password }),
    judge(m, session) {
      const { account } = session
      if (current(session) !== account.password || new_password === account.password) return 422
      account.password = new_password
      account.version += 1
      endSessions(m, account)
      voidLinks(m, account, ['reset-password'])
      begin(m, browser, account, session.isRemembered)
      notify(m, 'password-changed', account)
      return 200
    },
  })
}

export function confirmPassword(browser: BrowserName, typed: TypedPassword): Step {
  const current = ({ account }: Session) => typedPassword(browser, account, typed)
  return whileIn({
    browser,
    words: `confirms the password (${typed.isRight ? 'right' : typed.pick})`,
    ask: (r, session) => post(r, browser, '/confirm-password', { current_password: current(session) }),
    judge(m, session) {
      if (current(session) !== session.account.password) return 422
      session.isOver = true
      begin(m, browser, session.account, session.isRemembered)
      return 200
    },
  })
}

export function changeName(browser: BrowserName, name: string): Step {
  return whileIn({
    browser,
    words: `wants to be called ${name}`,
    ask: (r) => post(r, browser, '/account/profile', { name }),
    judge(m, { account }) {
      if (account.name === name) return 200
      account.name = name
      notify(m, 'name-changed', account)
      return 200
    },
  })
}

export function changeEmail(browser: BrowserName, new_email: string): Step {
  return whileIn({
    browser,
    words: `wants the address ${new_email}`,
    ask: (r) => post(r, browser, '/account/email', { new_email }),
    judge: (m, session) => (isProved(m, session) ? requested(m, session, new_email) : 403),
  })
}

export function sendChangeAgain(browser: BrowserName): Step {
  return whileIn({
    browser,
    words: 'asks for the letter to the new address again',
    ask: (r) => post(r, browser, '/account/email', { action: 'again' }),
    judge(m, session) {
      if (!isProved(m, session)) return 403
      return session.account.pending === undefined ? 422 : requested(m, session, session.account.pending)
    },
  })
}

function requested(m: Model, { account }: Session, address: string): number {
  if (sameAddress(account.email, address)) return 422
  if (!mayAskFor(m, 'change-email', address)) return 429
  const isTaken = ownerOf(m, address) !== undefined
  voidLinks(m, account, ['confirm-email'])
  account.pending = address
  if (isTaken) m.letters.push({ kind: 'email-taken', to: address })
  else writeLink(m, 'confirm-email', account, address)
  notify(m, 'email-change-requested', account)
  return 200
}

export function cancelChange(browser: BrowserName): Step {
  return whileIn({
    browser,
    words: 'keeps the old address after all',
    ask: (r) => post(r, browser, '/account/email', { action: 'cancel' }),
    judge(m, session) {
      if (!isProved(m, session)) return 403
      session.account.pending = undefined
      voidLinks(m, session.account, ['confirm-email'])
      return 200
    },
  })
}

export function endOthers(browser: BrowserName): Step {
  return whileIn({
    browser,
    words: 'logs out everywhere else',
    ask: (r) => post(r, browser, '/account/devices', { others: 'yes' }),
    judge(m, session) {
      if (!isProved(m, session)) return 403
      endSessions(m, session.account, session)
      return 200
    },
  })
}

interface Listed {
  id: string
  since: number
}

/** One from the list, which has to be as long as it should; it may be this one. */
export function endDevice(browser: BrowserName, which: number): Step {
  return step({
    words: `${browser} ends device ${which}`,
    check: (m) => sessionIn(m, browser) !== undefined,
    async act(m, r) {
      const session = sessionIn(m, browser) as Session
      const { body } = await r.visitors[browser].json('GET', '/account/devices')
      const listed = (body.devices as Listed[]).sort((one, other) => one.since - other.since)
      const own = m.sessions.filter((one) => one.account === session.account && isLive(m, one))
      const lists = [listed.map(({ since }) => since).join(), own.map(({ beganAt }) => beganAt).join()] as const
      if (lists[0] !== lists[1]) return [...lists]
      const at = which % own.length
      const { status } = await post(r, browser, '/account/devices', { session: listed[at]?.id })
      if (!isProved(m, session)) return [status, 403]
      ;(own[at] as Session).isOver = true
      return [status, 200]
    },
  })
}

/** All that is stored, and nothing that opens anything. */
export function exportData(browser: BrowserName): Step {
  return step({
    words: `${browser} exports everything`,
    check: (m) => sessionIn(m, browser) !== undefined,
    async act(m, r) {
      const { account } = sessionIn(m, browser) as Session
      const { status, body } = await r.visitors[browser].json('GET', '/account/export')
      const { email, name, emailWaitingForConfirmation } = body.account as Record<string, unknown>
      const text = JSON.stringify(body)
      const opens = [...m.links.map(({ token }) => token), ...m.sessions.map(({ cookie }) => cookie)]
      const told = [status, email, name, emailWaitingForConfirmation, opens.some((one) => text.includes(one))]
      return [told.join(), [200, account.email, account.name, account.pending ?? null, false].join()]
    },
  })
}

export function deleteAccount(browser: BrowserName, typed: TypedPassword): Step {
  const current = ({ account }: Session) => typedPassword(browser, account, typed)
  return whileIn({
    browser,
    words: `deletes the account (${typed.isRight ? 'right' : typed.pick})`,
    ask: (r, session) => post(r, browser, '/account/delete', { current_password: current(session) }),
    judge(m, session) {
      const { account } = session
      if (current(session) !== account.password) return 422
      account.closesAt = m.now + days(14)
      account.pending = undefined
      endSessions(m, account)
      voidLinks(m, account)
      writeLink(m, 'account-closed', account, account.email)
      m.browsers[browser].session = undefined
      return 200
    },
  })
}
