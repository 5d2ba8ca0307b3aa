// Groups that the mapping of a provider names and that do not exist: the log names them.
import type { Log } from '../../log.ts'
import { type Clock, hours } from '../../time.ts'

/** However many people log in meanwhile. */
const pause = hours(1)

export type NoteMissingGroup = (provider: string, group: string) => void

/** Each group of each provider once an hour; nothing of the person who logs in. As many as the settings name are remembered. */
export function missingGroups(log: Pick<Log, 'warn'>, clock: Clock): NoteMissingGroup {
  const notedAt = new Map<string, number>()
  return (provider, group) => {
    const key = `${provider} ${group}`
    const last = notedAt.get(key)
    if (last !== undefined && clock.now() - last < pause) return
    notedAt.set(key, clock.now())
    log.warn({ provider, group }, 'connection.group-missing')
  }
}
