// Does what was ordered, an account at a time. Any copy of the program may do any of it, several at once, and be killed in the
// middle: that an account had its turn is written in the transaction that changes it
// (docs/decisions/0036-acts-on-several-accounts.md). Knows no HTTP and no SQL.
import type { BulkActRow } from '../../database/schema.ts'
import { readDevice } from '../../identity/audit/request-source.ts'
import { isAdministrator } from '../../identity/groups/names.ts'
import { idFrom } from '../../identity/ids.ts'
import type { Services } from '../../services.ts'
import { hours } from '../../time.ts'
import type { Act, ActOrder } from './act.rules.ts'
import { perform } from './acts.ts'
import { bulkActName, bulkActs } from './bulk.rules.ts'
import { bulkRows } from './bulk.storage.ts'

/** Acts that are looked at in one go. */
const most = 10
/** What is not done by then is not done: nobody expects it any more. */
const longest = hours(24)

/**
 * Goes on with all that is unfinished.
 * @param mayGoOn asked before each account.
 * @throws {Unavailable} where the database stayed away: the next call goes on.
 */
export async function runBulkActs(services: Services, mayGoOn: () => boolean): Promise<void> {
  for (const act of await bulkRows.unfinished(services.database.db, most)) await runOne(services, act, mayGoOn)
}

async function runOne(services: Services, ordered: BulkActRow, mayGoOn: () => boolean): Promise<void> {
  const { database, clock } = services
  const { db } = database
  for (const { accountId, outcome } of await bulkRows.targets(db, ordered.id)) {
    if (outcome !== null) continue
    if (!mayGoOn()) return
    const why = await whyNot(services, ordered)
    if (why) await bulkRows.settle(db, ordered.id, why)
    else await doOne(services, ordered, accountId)
  }
  await bulkRows.finish(db, ordered.id, clock.now())
}

/** It may be long after it was ordered. */
async function whyNot(
  { accounts, database, clock }: Services,
  { actor, created_at, act }: BulkActRow,
): Promise<'too-late' | 'not-allowed' | undefined> {
  if (clock.now() - Number(created_at) > longest || !bulkActName(act)) return 'too-late'
  const id = idFrom(actor)
  const account = id && (await accounts.findById(database.db, id))
  const isOne = account && isAdministrator(account) && account.disabledAt === null && account.deletesAt === null
  return isOne ? undefined : 'not-allowed'
}

async function doOne(services: Services, ordered: BulkActRow, accountId: Buffer): Promise<void> {
  const { id, actor, note, group_name } = ordered
  const order: ActOrder = {
    ...{ actor, reason: note ?? undefined },
    source: {
      clientAddress: ordered.client_address,
      device: readDevice(ordered.device),
      requestId: ordered.request_id,
    },
    turn: {
      take: (trx) => bulkRows.take(trx, id, accountId),
      refuse: (trx, why) => bulkRows.refuse(trx, id, accountId, why),
    },
  }
  const act = bulkActs[ordered.act as keyof typeof bulkActs] as unknown as Act
  const outcome = await perform(act, services, order, accountId, group_name === null ? {} : { group: group_name })
  // An account that is gone had no transaction.
  if (outcome.kind !== 'done') await bulkRows.settle(services.database.db, id, outcome.kind, accountId)
}
