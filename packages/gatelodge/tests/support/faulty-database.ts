// A real database in which one chosen statement goes wrong, once.
import type { Driver } from '../../src/database/driver.ts'
import { spied } from './spied-database.ts'

/** before: the statement never arrives; after: it is carried out, and its answer is lost. */
export type Moment = 'before' | 'after'

export interface Faults {
  /** Whether the armed fault has happened. */
  happened: boolean
  /** How many statements were made from arming to disarming. */
  count: number
  /** The statement number `at` (from 1, BEGIN and COMMIT among them) goes wrong with `error`. */
  arm(at: number, moment: Moment, error: Error): void
  disarm(): void
}

export function faulty(driver: Driver): { driver: Driver; faults: Faults } {
  let armed: { at: number; moment: Moment; error: Error } | undefined
  let count = 0
  const faults: Faults = {
    happened: false,
    count: 0,
    arm(at, moment, error) {
      count = 0
      faults.happened = false
      armed = { at, moment, error }
    },
    disarm() {
      armed = undefined
      faults.count = count
    },
  }
  async function around<T>(work: () => Promise<T>): Promise<T> {
    count += 1
    const fault = armed?.at === count ? armed : undefined
    if (fault) {
      armed = undefined
      faults.happened = true
    }
    if (fault?.moment === 'before') throw fault.error
    const result = await work()
    if (fault) throw fault.error
    return result
  }
  return { driver: spied(driver, around), faults }
}
