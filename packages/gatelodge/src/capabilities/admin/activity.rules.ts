// What is recorded of an account, as the people who run the site read it: by whom and why, too. Knows no HTTP and no SQL.
import { stringify } from 'uuid'
import type { RecordOfAccount } from '../../identity/audit/storage.ts'
import { idFrom } from '../../identity/ids.ts'
import type { Services } from '../../services.ts'
import type { DeviceDescription } from '../../text/device-name.ts'

export interface KnownEvent {
  id: string
  at: number
  event: string
  device: DeviceDescription
  /** Empty: there was no network, as on the command line. */
  clientAddress: string
  /** What it was about, such as a group; or why it was refused. */
  about: string | null
  /** Who did it, where that was not the owner: an id of an account, `command`, `code`, a key. */
  actor: string | null
  /** Why, in the words of that person. */
  note: string | null
}

export const listed = ({ id, at, event, device, clientAddress, reason, actor, note }: RecordOfAccount): KnownEvent => ({
  ...{ id: stringify(id), at, event, device, clientAddress, about: reason, actor, note },
})

export interface ActivityOfAccount {
  events: KnownEvent[]
  /** What the page before this one and the one behind it begin beside; undefined: there is none. */
  previous: string | undefined
  next: string | undefined
}

/** The newest in front. @param beside ids of events; what is no id counts as not given. */
export async function activityOf(
  { audit }: Pick<Services, 'audit'>,
  account: Buffer,
  { before = '', after = '' }: { before?: string | undefined; after?: string | undefined },
): Promise<ActivityOfAccount> {
  const page = await audit.pageOf(account, { before: idFrom(before), after: idFrom(after) })
  const events = page.rows.map(listed)
  return {
    events,
    previous: page.hasPrevious ? events[0]?.id : undefined,
    next: page.hasNext ? events.at(-1)?.id : undefined,
  }
}
