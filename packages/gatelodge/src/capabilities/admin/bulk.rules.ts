// An act on several accounts: ordered here, done account by account in bulk-run.rules.ts, and looked at meanwhile and
// afterwards. Knows no HTTP and no SQL.
import { z } from 'zod'
import type { BulkActRow } from '../../database/schema.ts'
import { type NamedAccount, namesOf } from '../../identity/accounts/named-storage.ts'
import { writeDevice } from '../../identity/audit/request-source.ts'
import { administratorsGroup } from '../../identity/groups/names.ts'
import { idFrom, newId } from '../../identity/ids.ts'
import type { Services } from '../../services.ts'
import { days } from '../../time.ts'
import { accountsOnPage } from './accounts.rules.ts'
import type { Act } from './act.rules.ts'
import { type BulkCounts, bulkRows } from './bulk.storage.ts'
import { joinGroup } from './groups.rules.ts'
import { disableAccount, enableAccount } from './state.rules.ts'

/** Each is the act on one account, with its rule, its record and its email. */
export const bulkActs = {
  'disable-account': disableAccount,
  'enable-account': enableAccount,
  'join-group': joinGroup,
} as const

export type BulkActName = keyof typeof bulkActs

const names = Object.keys(bulkActs) as [BulkActName, ...BulkActName[]]

/** @returns undefined for an act that is done to one account at a time. */
export function bulkActName(given: string | undefined): BulkActName | undefined {
  return names.find((name) => name === given)
}

/** Those of a page of the list at most. What is no id, or stands there twice, is left out. */
export function chosenIds(given: readonly string[]): Buffer[] {
  const ids = given.flatMap((text) => idFrom(text) ?? [])
  return [...new Map(ids.map((id) => [id.toString('hex'), id])).values()].slice(0, accountsOnPage)
}

const Ordered = z.object({
  act: z.enum(names),
  accounts: z.array(z.instanceof(Buffer)).min(1).max(accountsOnPage),
  /** Which one they join. */
  group: z.string().default(''),
  /** Made with the form: sent twice, it is one act. */
  id: z.instanceof(Buffer).default(() => newId()),
})

type Outcome = { kind: 'done'; id: Buffer } | { kind: 'no-group' }

/** It only writes down what is to be done: an account is changed by the act itself, with all that this demands. */
export const orderBulkAct: Act<typeof Ordered, Outcome> = {
  name: 'order-bulk-act',
  input: Ordered,
  needsReason: false,
  scope: null,
  amountsTo: ({ act }) => bulkActs[act],
  event: 'bulk-act.ordered',
  async run(needs, { actor, reason, source }, _, { act, accounts, group, id }) {
    const { database, audit, clock } = needs
    if (act === 'join-group' && !(await mayBeJoined(needs, group))) return { kind: 'no-group' }
    const about = [act, ...(act === 'join-group' ? [group] : []), accounts.length].join(' ')
    const record = audit.record('bulk-act.ordered', source, { actor, reason: about, ...(reason && { note: reason }) })
    const { device, clientAddress: client_address, requestId: request_id } = source
    const row: BulkActRow = {
      ...{ id, act, actor, note: reason ?? null, group_name: act === 'join-group' ? group : null },
      ...{ client_address, device: writeDevice(device), request_id, created_at: clock.now(), finished_at: null },
    }
    await database.transact(
      async (trx) => {
        await bulkRows.insert(trx, row, accounts)
        await audit.write(trx, record)
        return true
      },
      async (db) => (await audit.isWritten(db, record)) || undefined,
    )
    // A duplicate is the same form, sent twice.
    return { kind: 'done', id }
  },
}

/** Making administrators is an act of its own, for one account at a time. */
async function mayBeJoined({ groups, database }: Pick<Services, 'groups' | 'database'>, group: string) {
  return group !== administratorsGroup && (await groups.find(database.db, group)) !== undefined
}

/** An act, and how far it is. */
export interface KnownBulkAct extends BulkCounts {
  id: Buffer
  act: string
  group: string | null
  /** undefined: the account is gone. */
  by: NamedAccount | undefined
  reason: string | null
  at: number
  isFinished: boolean
}

type Needs = Pick<Services, 'database'>

/** The newest in front. @param before the id of the last one on the page before; anything else begins at the top. */
export async function pageOfBulkActs({ database: { db } }: Needs, before = '') {
  const id = idFrom(before)
  const rows = await bulkRows.latest(db, pageSize + 1, id && (await bulkRows.find(db, id)))
  const shown = rows.slice(0, pageSize)
  return { acts: await known({ db }, shown), next: rows.length > pageSize ? shown.at(-1)?.id : undefined }
}

/** Acts on one page. */
const pageSize = 25

async function known({ db }: Pick<Needs['database'], 'db'>, rows: BulkActRow[]): Promise<KnownBulkAct[]> {
  const counts = await bulkRows.counts(
    db,
    rows.map(({ id }) => id),
  )
  const people = await namesOf(
    db,
    rows.map(({ actor }) => idFrom(actor) ?? null),
  )
  return rows.map((row) => ({
    ...{ id: row.id, act: row.act, group: row.group_name, reason: row.note, at: Number(row.created_at) },
    by: people.get(row.actor.replaceAll('-', '')),
    isFinished: row.finished_at !== null,
    // Accounts that were removed since have no rows any more.
    ...(counts.get(row.id.toString('hex')) ?? { accounts: 0, waiting: 0, done: 0 }),
  }))
}

export interface BulkAccount {
  id: Buffer
  /** undefined: the account is gone. */
  known: NamedAccount | undefined
  /** `done`, or why not; null: it waits. */
  outcome: string | null
}

/** One of them with its accounts: first those that were refused, then those that wait. @param text an id. */
export async function oneBulkAct({ database: { db } }: Needs, text: string) {
  const id = idFrom(text)
  const row = id && (await bulkRows.find(db, id))
  if (!row) return undefined
  const [act] = await known({ db }, [row])
  const targets = await bulkRows.targets(db, row.id)
  const people = await namesOf(
    db,
    targets.map(({ accountId }) => accountId),
  )
  const accounts: BulkAccount[] = targets.map(({ accountId, outcome }) => ({
    ...{ id: accountId, outcome, known: people.get(accountId.toString('hex')) },
  }))
  const rank = ({ outcome }: BulkAccount) => (outcome === 'done' ? 2 : outcome === null ? 1 : 0)
  return act && { act, accounts: accounts.sort((one, other) => rank(one) - rank(other)) }
}

/** Who did what to several accounts is also in the record, which is kept longer. */
const kept = days(30)

export function purgeBulkActs({ database, clock }: Pick<Services, 'database' | 'clock'>): Promise<number> {
  return bulkRows.purge(database.db, clock.now() - kept)
}
