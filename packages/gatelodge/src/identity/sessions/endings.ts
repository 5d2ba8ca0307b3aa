// When a session ends by itself: by idleness and by age (ASVS V7.3.1, V7.3.2).
import type { Settings } from '../../config/schema.ts'
import { hours, type Milliseconds, minutes } from '../../time.ts'
import { isAdministrator } from '../groups/names.ts'

/** What began or was last used at these moments, or before, is over. */
export interface Endings {
  startedBefore: number
  idleSince: number
  idleSinceRemembered: number
}

export type AgeLimits = Pick<Settings, 'sessionIdle' | 'sessionIdleRemembered' | 'sessionAge'>

/** Whatever they ticked: a session that may do everything is the one that is worth stealing (ASVS V7.3.1, V7.3.2). */
const administratorIdle: Milliseconds = minutes(15)
const administratorAge: Milliseconds = hours(12)

/** Those of the site, and shorter ones for administrators. */
export function limitsOf(account: { groups: readonly string[] }, limits: AgeLimits): AgeLimits {
  if (!isAdministrator(account)) return limits
  return {
    sessionIdle: Math.min(limits.sessionIdle, administratorIdle),
    sessionIdleRemembered: Math.min(limits.sessionIdleRemembered, administratorIdle),
    sessionAge: Math.min(limits.sessionAge, administratorAge),
  }
}

export const endings = (now: number, limits: AgeLimits): Endings => ({
  startedBefore: now - limits.sessionAge,
  idleSince: now - limits.sessionIdle,
  idleSinceRemembered: now - limits.sessionIdleRemembered,
})

interface Aging {
  createdAt: number
  lastSeenAt: number
  remembered: boolean
}

export function hasEnded({ createdAt, lastSeenAt, remembered }: Aging, now: number, limits: AgeLimits): boolean {
  const { startedBefore, idleSince, idleSinceRemembered } = endings(now, limits)
  return createdAt <= startedBefore || lastSeenAt <= (remembered ? idleSinceRemembered : idleSince)
}
