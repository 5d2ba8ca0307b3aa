// Coming in and going out: register, log in by a program and by a form, log out.
import { asksForCode, type Proofs, waitForCode } from './factors.ts'
import {
  type Account,
  type BrowserName,
  begin,
  isKnown,
  isOpen,
  isReserved,
  type Model,
  makeRoom,
  mayAskFor,
  notify,
  ownerOf,
  remember,
  sessionIn,
  waitForAddress,
  writeLink,
} from './model.ts'
import { passwordsOf, type TypedPassword, typedPassword } from './people.ts'
import { type Step, step } from './step.ts'

export interface Newcomer {
  browser: BrowserName
  email: string
  password: string
  name: string
}

/** @param insists even where nothing will come of it. */
export function register({ browser, email, password, name }: Newcomer, insists: boolean): Step {
  return step({
    words: `${browser} registers ${email} as ${name} with "${password}"`,
    check: (m) => !sessionIn(m, browser) && (insists || !ownerOf(m, email)),
    async act(m, r) {
      const { status } = await r.visitors[browser].json('POST', '/api/v1/register', { name, email, password })
      return [status, registered(m, { browser, email, password, name })]
    },
  })
}

function registered(m: Model, newcomer: Newcomer): number {
  const { browser, email, password, name } = newcomer
  const taken = ownerOf(m, email)
  const account: Account = {
    email,
    name,
    password,
    version: 1,
    isVerified: false,
    pending: undefined,
    closesAt: undefined,
    factorVersion: 1,
    app: undefined,
    passkeys: [],
  }
  if (m.promised.registration === 'confirm-first') {
    // One answer, whatever the address; the email goes to the address as its owner has it.
    remember(m, browser, account, 1)
    if (!mayAskFor(m, 'registration', email)) return 202
    if (taken) m.emails.push({ kind: 'already-registered', to: taken.email })
    else writeLink(m, 'start-account', account, email)
    return 202
  }
  // With its own password it is a log-in.
  if (taken) return { in: 200, stopped: 403, asked: 403, refused: 422 }[comeIn(m, browser, email, password, false)]
  if (isReserved(m, email)) return 422
  makeRoom(m, email)
  m.accounts.push(account)
  if (mayAskFor(m, 'verify-email', email)) writeLink(m, 'verify-email', account, email)
  if (!m.promised.requireVerifiedEmail) {
    begin(m, browser, account)
    return 201
  }
  waitForAddress(m, browser, account)
  return 202
}

export interface LogIn {
  browser: BrowserName
  email: string
  typed: TypedPassword
  isRemembered: boolean
  /** Even where nothing will come of it. */
  insists: boolean
}

function mayLogIn(m: Readonly<Model>, { browser, email, insists }: Pick<LogIn, 'browser' | 'email' | 'insists'>) {
  if (sessionIn(m, browser) || m.accounts.length === 0) return false
  const account = ownerOf(m, email)
  return insists || (account !== undefined && isOpen(m, account) && passwordsOf(browser).includes(account.password))
}

export function logIn({ browser, email, typed, isRemembered, insists }: LogIn): Step {
  return step({
    words: `${browser} logs in as ${email} (${typed.isRight ? 'right' : typed.pick}${isRemembered ? ', to stay' : ''})`,
    check: (m) => mayLogIn(m, { browser, email, insists }),
    async act(m, r) {
      const password = typedPassword(browser, ownerOf(m, email), typed)
      const fields = { email, password, remember: isRemembered }
      const { status } = await r.visitors[browser].json('POST', '/api/v1/login', fields)
      const came = comeIn(m, browser, email, password, isRemembered)
      return [status, { in: 200, stopped: 403, asked: 403, refused: 401 }[came]]
    },
  })
}

/** On the pages; anyone who is stopped at the gate asks for another email there. */
export function logInByForm({ browser, email, typed, insists }: Omit<LogIn, 'isRemembered'>): Step {
  return step({
    words: `${browser} logs in as ${email} by the form (${typed.isRight ? 'right' : typed.pick})`,
    check: (m) => mayLogIn(m, { browser, email, insists }),
    async act(m, r) {
      const visitor = r.visitors[browser]
      const password = typedPassword(browser, ownerOf(m, email), typed)
      const { path } = await visitor.logIn({ email, password })
      const came = comeIn(m, browser, email, password, false)
      const expected = { in: '/account', stopped: '/verify-email', asked: '/two-factor', refused: '/login' }[came]
      const account = ownerOf(m, email)
      if (path !== expected || came !== 'stopped' || !account) return [path, expected]
      const { status } = await visitor.json('POST', '/api/v1/verification', {})
      return [status, sentAgain(m, account)]
    },
  })
}

function comeIn(m: Model, browser: BrowserName, email: string, password: string, isRemembered: boolean) {
  const account = ownerOf(m, email)
  if (!account || !isOpen(m, account) || account.password !== password) return 'refused'
  if (m.promised.requireVerifiedEmail && !account.isVerified) {
    waitForAddress(m, browser, account, isRemembered)
    return 'stopped'
  }
  return proved(m, browser, account, { isRemembered, proofs: { pwd: m.now } })
}

/** Something was proved that may be enough. */
export function proved(m: Model, browser: BrowserName, account: Account, { isRemembered, proofs }: Proved) {
  if (asksForCode(m, browser, account, proofs)) {
    waitForCode(m, browser, account, proofs, isRemembered)
    return 'asked'
  }
  const wasHere = [account.version, account.version - 1].some((version) => isKnown(m, browser, account, version))
  if (!wasHere) notify(m, 'new-device', account)
  begin(m, browser, account, { isRemembered, proofs })
  return 'in'
}

interface Proved {
  isRemembered: boolean
  proofs: Proofs
}

/** The email that confirms an address, once more. */
export function sentAgain(m: Model, account: Account): number {
  if (account.isVerified) return 200
  if (!mayAskFor(m, 'verify-email', account.email)) return 429
  writeLink(m, 'verify-email', account, account.email)
  return 200
}

export function logOut(browser: BrowserName): Step {
  return step({
    words: `${browser} logs out`,
    check: (m) => sessionIn(m, browser) !== undefined,
    async act(m, r) {
      const { status } = await r.visitors[browser].json('POST', '/api/v1/logout', {})
      const here = m.browsers[browser]
      if (here.session) here.session.isOver = true
      here.session = undefined
      return [status, 204]
    },
  })
}
