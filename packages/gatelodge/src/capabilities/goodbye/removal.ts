// Removes an account whose time is over, with every row that has its id, in bounded steps that can be run again after a
// crash. The record keeps what its own time allows; it holds no address.
import { setImmediate as turnOfOthers } from 'node:timers/promises'
import { stringify } from 'uuid'
import type { Services } from '../../services.ts'
import { closedAccounts } from './storage.ts'

type Needs = Pick<Services, 'clock' | 'database' | 'log'>

/** @returns how many accounts are gone: the chore that comes by now and then. */
export async function removeClosedAccounts(needs: Needs): Promise<number> {
  const ids = await closedAccounts.over(needs.database.db, needs.clock.now())
  for (const id of ids) await removeAccount(needs, id)
  return ids.length
}

/** Of several copies at once, each finds less to do. */
export async function removeAccount({ clock, database, log }: Needs, id: Buffer): Promise<void> {
  const { db, dialect, transact } = database
  const never = async () => undefined
  if ((await transact(async (trx) => closedAccounts.shut(trx, dialect, id, clock.now()), never)) !== true) return
  while ((await closedAccounts.removeSome(db, id)) > 0) await turnOfOthers()
  const isRemoved = await transact(async (trx) => {
    // Held once more: whoever wrote for it at the last moment has finished, and nobody can begin.
    if (!(await closedAccounts.shut(trx, dialect, id, clock.now()))) return false
    while ((await closedAccounts.removeSome(trx, id)) > 0);
    await closedAccounts.removeItself(trx, id)
    return true
  }, never)
  if (isRemoved === true) log.info({ account: stringify(id) }, 'account.removed')
}
