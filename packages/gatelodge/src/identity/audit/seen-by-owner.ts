// A record as the owner of its account sees it. What the site did was done on no device of theirs, and from which device and
// network an administrator did it is nobody's but the site's.
import type { DeviceDescription } from '../../text/device-name.ts'

interface Seen {
  actor?: string | null | undefined
  device: DeviceDescription
  clientAddress: string
}

/** @returns the record without its device and address where the site did it. */
export function seenByOwner<One extends Seen>(record: One): Omit<One, 'device'> & { device: DeviceDescription | null } {
  return record.actor == null ? record : { ...record, device: null, clientAddress: '' }
}
