// What people change about their account: password, name, address.
import { sentAgain } from './commands-entering.ts'
import {
  type BrowserName,
  endSessions,
  type Model,
  mayAskFor,
  notify,
  ownerOf,
  type Session,
  sameAddress,
  voidLinks,
  writeLink,
} from './model.ts'
import { passwordsOf, type TypedPassword, typedPassword } from './people.ts'
import type { Step } from './step.ts'
import { isPasswordEnough, isProved, post, renew, whileIn } from './while-in.ts'

export function sendAgain(browser: BrowserName): Step {
  return whileIn({
    browser,
    words: 'asks for the email that confirms the address',
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
      if (!isPasswordEnough(m, session)) return 403
      if (current(session) !== account.password || new_password === account.password) return 422
      account.password = new_password
      account.version += 1
      endSessions(m, account)
      voidLinks(m, account, ['reset-password'])
      renew(m, browser, session, { pwd: m.now })
      notify(m, 'password-changed', account)
      return 200
    },
  })
}

export function reauthenticate(browser: BrowserName, typed: TypedPassword): Step {
  const current = ({ account }: Session) => typedPassword(browser, account, typed)
  return whileIn({
    browser,
    words: `confirms the password (${typed.isRight ? 'right' : typed.pick})`,
    ask: (r, session) => post(r, browser, '/reauthenticate', { current_password: current(session) }),
    judge(m, session) {
      // Where there is an app, a code is asked for.
      if (session.account.app || current(session) !== session.account.password) return 422
      renew(m, browser, session, { pwd: m.now })
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
    words: 'asks for the email to the new address again',
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
  if (isTaken) m.emails.push({ kind: 'email-taken', to: address })
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
