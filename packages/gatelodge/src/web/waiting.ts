// Somebody who has proved who they are, and waits at a gate: the sealed cookie says so.
import type { Account } from '../identity/accounts/storage.ts'
import type { Context } from './context.ts'
import { currentVisit } from './flash.ts'

export async function waitingAccount(c: Context): Promise<Account | undefined> {
  const waiting = currentVisit(c)?.waiting
  const { accounts, database } = c.get('services')
  const account = waiting && (await accounts.findById(database.db, Buffer.from(waiting.account, 'base64url')))
  return account && account.disabledAt === null && account.deletesAt === null ? account : undefined
}
