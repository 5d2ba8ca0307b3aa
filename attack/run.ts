// Runs the attacks and keeps what came of each.
import { beside, inTurn, last } from './all.ts'
import { type Attack, NotTried, type Verdict } from './attack.ts'
import { emailsMissing } from './mailbox.ts'
import { Limited, type Target } from './target.ts'

export interface Result extends Verdict {
  attack: Attack
  /** If not, `came` says why, and it does not count as safe. */
  isTried: boolean
}

export const gotThrough = ({ isTried, isSafe }: Result) => isTried && !isSafe

/** @throws {Limited} where a limit is met before the guessing. */
export async function runAttacks(target: Target, isWanted: (attack: Attack) => boolean): Promise<Result[]> {
  const waiting = beside.filter(isWanted).map((attack) => outcome(target, attack))
  const results: Result[] = []
  for (const attack of inTurn.filter(isWanted)) results.push(await watched(target, attack))
  results.push(...(await Promise.all(waiting)))
  target.mayBeLimited = true
  for (const attack of last.filter(isWanted)) {
    results.push(await watched(target, attack))
  }
  return results
}

/** Whatever an attack asks for: an answer of 500 and above has got something through. */
async function watched(target: Target, attack: Attack): Promise<Result> {
  target.watch()
  const result = await outcome(target, attack)
  const [failure] = target.failures
  return failure && result.isSafe ? { ...result, isSafe: false, came: failure } : result
}

async function outcome(target: Target, attack: Attack): Promise<Result> {
  try {
    const why = attack.needsEmails && (await emailsMissing(target))
    if (why) throw new NotTried(why)
    return { attack, isTried: true, ...(await attack.run(target)) }
  } catch (error) {
    if (error instanceof Limited) throw error
    if (error instanceof NotTried) return { attack, isTried: false, isSafe: false, came: error.message }
    // No answer is no proof of safety: perhaps the site is down.
    return { attack, isTried: true, isSafe: false, came: `no answer: ${(error as Error).message}` }
  }
}
