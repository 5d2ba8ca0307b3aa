// All that is recorded of one's own account, a page at a time. Knows no HTTP and no SQL.
import { parse, stringify, validate } from 'uuid'
import { seenByOwner } from '../../identity/audit/seen-by-owner.ts'
import type { Services } from '../../services.ts'
import type { DeviceDescription } from '../../text/device-name.ts'

export interface ListedEvent {
  /** Names it, and a page can begin beside it. */
  id: string
  at: number
  event: string
  outcome: string
  /** Null: the site did it. */
  device: DeviceDescription | null
  /** Empty: the site did it. */
  clientAddress: string
}

export interface ActivityPage {
  events: ListedEvent[]
  /** What the page before this one and the one behind it begin beside; undefined: there is none. */
  previous: string | undefined
  next: string | undefined
}

/**
 * The newest in front. Another account's event may be named, too: it is no more than a moment, and only one's own are
 * listed (ASVS V8.2.2).
 * @param beside ids of events; what is no id counts as not given.
 */
export async function listActivity(
  { audit }: Pick<Services, 'audit'>,
  account: Buffer,
  { before = '', after = '' }: { before?: string | undefined; after?: string | undefined },
): Promise<ActivityPage> {
  const { rows, hasPrevious, hasNext } = await audit.pageOf(account, { before: keyOf(before), after: keyOf(after) })
  const events = rows.map(seenByOwner).map(({ id, at, event, outcome, device, clientAddress }) => ({
    ...{ id: stringify(id), at, event, outcome, device, clientAddress },
  }))
  return { events, previous: hasPrevious ? events[0]?.id : undefined, next: hasNext ? events.at(-1)?.id : undefined }
}

const keyOf = (id: string) => (validate(id) ? Buffer.from(parse(id)) : undefined)
