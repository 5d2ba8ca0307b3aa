// What is recorded of the whole site: filtered, a page at a time, or as a file. Knows no HTTP and no SQL.
import { stringify } from 'uuid'
import { parseAddress } from '../../identity/accounts/address.ts'
import { type NamedAccount, namesOf } from '../../identity/accounts/named-storage.ts'
import { type EventOutcome, eventOutcomes, outcomeOf } from '../../identity/audit/events.ts'
import type { RecordsWanted, SiteRecord } from '../../identity/audit/storage.ts'
import { idFrom } from '../../identity/ids.ts'
import type { Services } from '../../services.ts'
import type { ActOrder } from './act.rules.ts'
import { type KnownEvent, listed } from './activity.rules.ts'

/** Events on one page. */
const pageSize = 25
/** Rows of one file, and of one piece of it. */
const mostRows = 10_000
const pieceRows = 500

type Needs = Pick<Services, 'audit' | 'accounts' | 'database' | 'text'>

/** As it stands in the address: what is not one of ours counts as not given. */
export interface ActivityFilters {
  /** The name of an event, or how it begins. */
  event: string
  /** The address or id of an account. */
  account: string
  outcome: EventOutcome | undefined
}

export function activityFilters(given: Record<string, string | undefined>): ActivityFilters {
  const outcome = eventOutcomes.find((one) => one === given.outcome)
  return { event: given.event?.trim().toLowerCase() ?? '', account: given.account?.trim() ?? '', outcome }
}

type Filtered = Pick<RecordsWanted, 'account' | 'events'>

/** @returns undefined where nothing can match. */
async function filtered(needs: Needs, { event, account, outcome }: ActivityFilters): Promise<Filtered | undefined> {
  const id = account === '' ? undefined : await idOf(needs, account)
  if (account !== '' && !id) return undefined
  if (event === '' && !outcome) return { account: id }
  const known = Object.keys(needs.text.activity.events).filter((name) => name.startsWith(event))
  // A release before this may have recorded an event that is gone now. Names are ASCII: MySQL fails where others are compared.
  const names = known.length > 0 || !/^[a-z.-]{1,100}$/.test(event) ? known : [event]
  return { account: id, events: names.filter((name) => !outcome || outcomeOf(name) === outcome) }
}

/** An account that is gone has rows still: they are found by its id. */
async function idOf({ accounts, database }: Needs, text: string): Promise<Buffer | undefined> {
  const id = idFrom(text)
  if (id) return id
  const address = parseAddress(text)
  return address && (await accounts.findByAddress(database.db, address))?.id
}

/** An event, and whose it is. */
export interface SiteEvent extends KnownEvent {
  account: Buffer | null
  /** undefined: the account is gone. */
  known: NamedAccount | undefined
}

/** The newest in front. @param before the id of an event; what is no id counts as not given. */
export async function pageOfActivity(needs: Needs, filters: ActivityFilters, before = '') {
  const wanted = await filtered(needs, filters)
  const asked = { ...wanted, before: idFrom(before), most: pageSize + 1 }
  const found = wanted ? await withNames(needs, await needs.audit.latest(asked)) : []
  const events = found
    .slice(0, pageSize)
    .map(({ known, ...record }): SiteEvent => ({ ...listed(record), account: record.accountId, known }))
  return { events, next: found.length > pageSize ? events.at(-1)?.id : undefined }
}

async function withNames({ database }: Needs, records: SiteRecord[]) {
  const names = await namesOf(
    database.db,
    records.map(({ accountId }) => accountId),
  )
  return records.map((record) => ({ ...record, known: names.get(record.accountId?.toString('hex') ?? '') }))
}

export type NamedRecord = Awaited<ReturnType<typeof withNames>>[number]

/**
 * The newest in front, some at a time, 10,000 at most. That someone takes them along is recorded first: which events and
 * whose, and no address.
 */
export async function takeActivity(needs: Needs, { actor, source }: ActOrder, filters: ActivityFilters) {
  const { audit, database } = needs
  const wanted = await filtered(needs, filters)
  const { event, outcome = '' } = filters
  const account = wanted?.account ? stringify(wanted.account) : ''
  const about = Object.entries({ event, outcome, account }).filter(([, value]) => value !== '')
  // Written as in an address, so that it is ASCII.
  const reason = new URLSearchParams(about).toString().slice(0, 255)
  await audit.write(database.db, audit.record('activity.downloaded', source, { actor, ...(reason && { reason }) }))
  return pieces(needs, wanted)
}

async function* pieces(needs: Needs, wanted: Filtered | undefined): AsyncGenerator<NamedRecord[]> {
  let before: Buffer | undefined
  for (let left = wanted ? mostRows : 0; left > 0; left -= pieceRows) {
    const records = await needs.audit.latest({ ...wanted, before, most: pieceRows })
    if (records.length > 0) yield await withNames(needs, records)
    if (records.length < pieceRows) return
    before = records.at(-1)?.id
  }
}
