// Under which keys notices to unconfirmed addresses are counted: the tables do not tell them from others.
import type { Services } from '../../src/services.ts'

/** As hex, of all apps. */
export const noticeKeys = new Set<string>()

export function watchNoticeCounts({ attempts }: Services): void {
  const { ofNotice } = attempts
  attempts.ofNotice = (...about) => {
    const tries = ofNotice(...about)
    for (const { key } of tries) noticeKeys.add(key.toString('hex'))
    return tries
  }
}
