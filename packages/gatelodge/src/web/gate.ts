// What somebody who has proved who they are must still pass before a session starts.
import type { Settings } from '../config/schema.ts'

export interface Gate {
  /** Where to go to pass it. */
  path: string
  /** Must this account still pass here? */
  stops(settings: Settings, account: { verifiedAt: number | null }): boolean
}
