// The app of an account: set up, taken off, new recovery codes, and a code where who is logged in is asked once more.

import { shown } from '../../support/second-factor.ts'
import { holderOf, raise, stepAt } from './factors.ts'
import {
  type Account,
  type BrowserName,
  begin,
  endSessions,
  type Model,
  notify,
  type Session,
  sessionIn,
} from './model.ts'
import { type Step, step } from './step.ts'
import { isTaken, mayGuess, type TypedFactor, typedBy, wait, wordsOf } from './typed-factor.ts'
import { isProved, renew, whileIn } from './while-in.ts'

export function addApp(browser: BrowserName, away: number): Step {
  return step({
    words: `${browser} sets up an app (${away} steps off)`,
    check: (m) => sessionIn(m, browser) !== undefined,
    async act(m, r) {
      const session = sessionIn(m, browser) as Session
      const visitor = r.visitors[browser]
      const started = await visitor.json('POST', '/api/v1/two-factor/start', {})
      const bar = barred(m, session)
      if (started.status !== 200 || bar) return [started.status, bar ?? 200]
      const { key = '', setup = '' } = started.body as Record<string, string>
      const code = shown(r.app, key, away)
      const { status, body } = await visitor.json('POST', '/api/v1/two-factor/confirm', { setup, code })
      if (away !== 0 && away !== -1) return [status, 422]
      added(m, browser, session, { key, away, codes: (body.recovery_codes ?? []) as string[] })
      return [status, 200]
    },
  })
}

function barred(m: Model, session: Session): number | undefined {
  if (!isProved(m, session)) return 403
  if (session.account.app) return 409
  return session.account.isVerified ? undefined : 403
}

interface Shown {
  key: string
  away: number
  codes: string[]
}

function added(m: Model, browser: BrowserName, session: Session, { key, away, codes }: Shown): void {
  const { account, isRemembered, proofs } = session
  const holder = holderOf(browser)
  const made = codes.map((text) => ({ holder, text, isUsed: false }))
  account.app = { holder, key, lastStep: stepAt(m.now) + away, addedAt: m.now, codes: made, codesMadeAt: m.now }
  raise(account)
  endSessions(m, account)
  begin(m, browser, account, { isRemembered, proofs: { ...proofs, mfa: m.now } })
  notify(m, 'two-factor-added', account)
}

export function removeApp(browser: BrowserName): Step {
  return whileIn({
    browser,
    words: 'takes the app off',
    ask: (r) => r.visitors[browser].json('POST', '/api/v1/two-factor/remove', {}),
    judge(m, session) {
      const { account } = session
      if (!isProved(m, session)) return 403
      if (!account.app) return 404
      account.app = undefined
      raise(account)
      notify(m, 'two-factor-removed', account)
      return 204
    },
  })
}

export function renewCodes(browser: BrowserName): Step {
  return step({
    words: `${browser} makes new recovery codes`,
    check: (m) => sessionIn(m, browser) !== undefined,
    async act(m, r) {
      const session = sessionIn(m, browser) as Session
      const { app } = session.account
      const { status, body } = await r.visitors[browser].json('POST', '/api/v1/recovery-codes', {})
      if (!isProved(m, session)) return [status, 403]
      if (!app) return [status, 404]
      const codes = (body.recovery_codes ?? []) as string[]
      app.codes = codes.map((text) => ({ holder: holderOf(browser), text, isUsed: false }))
      app.codesMadeAt = m.now
      notify(m, 'recovery-codes-renewed', session.account)
      return [status, 200]
    },
  })
}

export function reauthenticateByCode(browser: BrowserName, typed: TypedFactor): Step {
  const accountIn = (m: Readonly<Model>) => sessionIn(m as Model, browser)?.account
  return step({
    words: `${browser} confirms with the ${wordsOf(typed)}`,
    check: (m) => accountIn(m)?.app !== undefined && mayGuess(m, accountIn(m) as Account),
    async act(m, r) {
      await wait(m, r, typed)
      const session = sessionIn(m, browser) as Session
      const who = holderOf(browser)
      const sent = typedBy(r, who, session.account.app, typed)
      const { status } = await r.visitors[browser].json('POST', '/api/v1/two-factor/reauthenticate', sent)
      if (!isTaken(m, session.account, { who, typed, sent })) return [status, 422]
      renew(m, browser, session, { mfa: m.now })
      return [status, 200]
    },
  })
}
