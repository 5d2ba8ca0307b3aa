// Taking away a way in that another provider gives: a stranger may have connected it. Knows no HTTP and no SQL.
import { z } from 'zod'
import { isAdministrator } from '../../identity/groups/names.ts'
import { idFrom } from '../../identity/ids.ts'
import { endAccess } from '../../identity/logins/end-access.ts'
import { hasOtherWay } from '../../identity/logins/other-way.ts'
import { type Act, changeAccount, type NoAccount, NotByKey } from './act.rules.ts'

const One = z.object({ /** As the list of an account's connections names it. */ connection: z.string() })

export type ConnectionTaken =
  | { kind: 'done' }
  | NoAccount
  | { kind: 'no-connection' }
  /** No password, no passkey and no other connection: the account needs another one first. */
  | { kind: 'last-way-in' }

export const removeConnection: Act<typeof One, ConnectionTaken> = {
  name: 'remove-connection',
  input: One,
  needsReason: true,
  scope: 'accounts:write',
  event: 'connection.removed',
  email: 'connection-taken',
  async run(needs, order, id, { connection }) {
    const { database, accounts, connections } = needs
    const account = await accounts.findById(database.db, id)
    if (!account) return { kind: 'no-account' }
    // Before a key learns which connections an administrator has.
    if (order.scopes && isAdministrator(account)) throw new NotByKey()
    const named = idFrom(connection)
    const found = (await connections.rows.ofAccount(database.db, id)).find((one) => named && one.id.equals(named))
    if (!found) return { kind: 'no-connection' }
    const { provider } = found
    return changeAccount<Exclude<ConnectionTaken, { kind: 'done' } | NoAccount>>(needs, order, id, {
      event: 'connection.removed',
      email: { kind: 'connection-taken', provider: connections.find(provider)?.label ?? provider },
      about: provider,
      async work(trx) {
        if (!(await hasOtherWay(needs, trx, id, found.id))) return { kind: 'last-way-in' }
        if (!(await connections.rows.remove(trx, id, found.id))) return { kind: 'no-connection' }
        // What began with it may be in the hands of the person it is taken from.
        await endAccess(needs, trx, id, 'by-site')
        // What was proved with it counts no more.
        await accounts.changeFactors(trx, id)
        return undefined
      },
    })
  },
}
