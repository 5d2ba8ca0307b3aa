// An account's last events beside its name, so that the page which shows them asks for nothing further. A copy: the audit
// table is what counts, and keeps more of each. docs/decisions/0016-recent-activity.md tells why.
import type { DeviceDescription } from '../../text/device-name.ts'
import type { AuditedEvent } from './events.ts'

export interface RecentEvent {
  at: number
  event: AuditedEvent
  /** Null: the site did it. */
  device: DeviceDescription | null
}

/** A line break behind each: what is cut off at the end of the column is recognised by having none. */
export function lineOf({ at, event, device }: RecentEvent): string {
  return `${JSON.stringify([at, event, device])}\n`
}

/** @returns the newest first. */
export function readRecent(recent: string, most: number): RecentEvent[] {
  // Behind the last line break stands nothing, or a line that was cut.
  const lines = recent.split('\n').slice(0, -1)
  // One text of JSON is read in a third of the time of many.
  const all: [number, AuditedEvent, RecentEvent['device']][] = JSON.parse(`[${lines.join(',')}]`)
  return all
    .map(([at, event, device]) => ({ at, event, device }))
    .sort((left, right) => right.at - left.at)
    .slice(0, most)
}
