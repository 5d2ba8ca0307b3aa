// When a session ends by itself: by idleness and by age (ASVS V7.3.1, V7.3.2).
import type { Settings } from '../../config/schema.ts'

/** What began or was last used at these moments, or before, is over. */
export interface Endings {
  startedBefore: number
  idleSince: number
  idleSinceRemembered: number
}

type Limits = Pick<Settings, 'sessionIdle' | 'sessionIdleRemembered' | 'sessionAge'>

export const endings = (now: number, limits: Limits): Endings => ({
  startedBefore: now - limits.sessionAge,
  idleSince: now - limits.sessionIdle,
  idleSinceRemembered: now - limits.sessionIdleRemembered,
})

interface Aging {
  createdAt: number
  lastSeenAt: number
  remembered: boolean
}

export function hasEnded({ createdAt, lastSeenAt, remembered }: Aging, now: number, limits: Limits): boolean {
  const { startedBefore, idleSince, idleSinceRemembered } = endings(now, limits)
  return createdAt <= startedBefore || lastSeenAt <= (remembered ? idleSinceRemembered : idleSince)
}
