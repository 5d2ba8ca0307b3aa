// Removes an account whose time is over, with every row that has its id, in bounded steps that can be run again after a
// crash. The record keeps what its own time allows; it holds no address.
import { setImmediate as turnOfOthers } from 'node:timers/promises'
import { stringify } from 'uuid'
import type { Services } from '../../services.ts'
import { closedAccounts } from './storage.ts'

type Needs = Pick<Services, 'clock' | 'database' | 'log' | 'hooks'>

/** @returns how many accounts are gone: the chore that comes by now and then. */
export async function removeClosedAccounts(needs: Needs): Promise<number> {
  let gone = 0
  let behind: Buffer | undefined
  // Past those that cannot go yet, because the app that holds us says no: they must not keep the others.
  do {
    const ids = await closedAccounts.over(needs.database.db, needs.clock.now(), behind)
    for (const id of ids) if (await removeAccount(needs, id)) gone += 1
    behind = ids.at(-1)
  } while (behind)
  return gone
}

/** Of several copies at once, each finds less to do. @returns whether it is gone by this call. */
export async function removeAccount({ clock, database, log, hooks }: Needs, id: Buffer): Promise<boolean> {
  const { db, dialect, transact } = database
  const never = async () => undefined
  if ((await transact(async (trx) => closedAccounts.shut(trx, dialect, id, clock.now()), never)) !== true) return false
  // Before the last row is deleted: if the app's hook fails, it runs again at the next try.
  if (!(await hooks.deleted(id))) return false
  while ((await closedAccounts.removeSome(db, id)) > 0) await turnOfOthers()
  const isRemoved = await transact(async (trx) => {
    // Held once more: anyone who wrote for it at the last moment has finished, and nobody can begin.
    if (!(await closedAccounts.shut(trx, dialect, id, clock.now()))) return false
    while ((await closedAccounts.removeSome(trx, id)) > 0);
    await closedAccounts.removeItself(trx, id)
    return true
  }, never)
  if (isRemoved !== true) return false
  log.info({ account: stringify(id) }, 'account.deleted')
  return true
}
