// Runs the attacks and keeps what came of each.
import { beside, inTurn, last } from './all.ts'
import type { Attack, Verdict } from './attack.ts'
import { Limited, type Target } from './target.ts'

export interface Result extends Verdict {
  attack: Attack
}

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
  return failure && result.isSafe ? { attack, isSafe: false, came: failure } : result
}

async function outcome(target: Target, attack: Attack): Promise<Result> {
  try {
    return { attack, ...(await attack.run(target)) }
  } catch (error) {
    if (error instanceof Limited) throw error
    // No answer is no proof of safety: perhaps the site is down.
    return { attack, isSafe: false, came: `no answer: ${(error as Error).message}` }
  }
}
