// What people type when a code is asked for: that of the app, a moment off, or one of their list; and what those type who have
// neither.
import { seconds } from '../../../src/time.ts'
import { shown } from '../../support/second-factor.ts'
import { type App, type Holder, takeCode, takeRecoveryCode } from './factors.ts'
import { type Account, type Model, notify } from './model.ts'
import type { Real } from './step.ts'

export interface TypedFactor {
  by: 'app' | 'recovery'
  /** Steps of 30 seconds before or after now. */
  away: number
  /** Of a recovery code: one that was not used yet. */
  isFresh: boolean
  pick: number
  /** For the next code: half a minute. */
  waits: boolean
}

export const wordsOf = ({ by, away, isFresh, pick }: TypedFactor) =>
  by === 'app' ? `code of the app, ${away} steps off` : `recovery code ${pick}, ${isFresh ? 'fresh' : 'used'}`

/** More would have to wait: that has tests of its own. */
export const mayGuess = (m: Readonly<Model>, account: Account) => (m.wrongCodes.get(account) ?? 0) < 8

export async function wait(m: Model, r: Real, { waits }: Pick<TypedFactor, 'waits'>): Promise<void> {
  if (waits) r.app.clock.pass(seconds(30))
  m.now = r.app.clock.now()
}

/** What is sent, by someone who may hold the app or not. */
export function typedBy(r: Real, who: Holder, app: App | undefined, typed: TypedFactor) {
  if (typed.by === 'app') return { code: app?.holder === who ? shown(r.app, app.key, typed.away) : '000000' }
  return { recovery_code: recoveryCode(who, app, typed) }
}

function recoveryCode(who: Holder, app: App | undefined, { isFresh, pick }: TypedFactor): string {
  const known = (app?.codes ?? []).filter(({ holder, isUsed }) => holder === who && isUsed !== isFresh)
  return known[pick % (known.length || 1)]?.text ?? 'aaaa-bbbb-cccc-dddd'
}

/** @param sent as typedBy() made it. @returns whether it is right; then it is taken, and the owner learns of it. */
export function isTaken(
  m: Model,
  account: Account,
  { who, typed, sent }: { who: Holder; typed: TypedFactor; sent: ReturnType<typeof typedBy> },
): boolean {
  if (typed.by === 'app') {
    if (takeCode(m, account, who, typed.away)) return true
    m.wrongCodes.set(account, (m.wrongCodes.get(account) ?? 0) + 1)
    return false
  }
  const left = takeRecoveryCode(account, sent.recovery_code ?? '')
  if (left === undefined) return false
  notify(m, left <= 3 ? 'recovery-codes-few' : 'recovery-code-used', account)
  return true
}
