// What people can do only while they are logged in.
import { minutes } from '../../../src/time.ts'
import type { Fields } from '../../support/visitor.ts'
import type { Proofs } from './factors.ts'
import { type BrowserName, begin, type Model, type Session, sessionIn } from './model.ts'
import { type Real, type Step, step } from './step.ts'

interface Doing {
  browser: BrowserName
  words: string
  ask(r: Real, session: Session, m: Model): Promise<{ status: number }>
  /** @returns the answer that is right. */
  judge(m: Model, session: Session): number
}

export function whileIn({ browser, words, ask, judge }: Doing): Step {
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

export async function post(r: Real, browser: BrowserName, path: string, fields: Fields) {
  // A page that is still open from before may be of another session.
  await r.visitors[browser].open(path)
  return r.visitors[browser].form(path, fields)
}

/** By both factors, where there are two. */
export function isProved(m: Model, { account, proofs }: Session): boolean {
  const provedAt = account.app ? (proofs.mfa ?? 0) : Math.max(...Object.values(proofs))
  return m.now - provedAt < minutes(10)
}

/** Where an app is set up, the password alone changes nothing that guards the account. */
export const isPasswordEnough = (m: Model, session: Session) => !session.account.app || isProved(m, session)

/** The session goes on under a new token. */
export function renew(m: Model, browser: BrowserName, session: Session, proofs: Proofs): void {
  session.isOver = true
  const { account, isRemembered } = session
  begin(m, browser, account, { isRemembered, proofs: { ...session.proofs, ...proofs } })
}
