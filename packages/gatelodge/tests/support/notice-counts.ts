// Under which keys notices to unconfirmed addresses are counted: the tables do not tell them from others.
import type { Services } from '../../src/services.ts'

/** As hex, of all apps. */
export const noticeKeys = new Set<string>()

export function watchNoticeCounts({ attempts }: Services): void {
  const { of, from } = attempts
  const watched =
    (count: typeof of): typeof of =>
    (act, ...about) => {
      const tries = count(act, ...about)
      if (act.startsWith('notices ')) for (const { key } of tries) noticeKeys.add(key.toString('hex'))
      return tries
    }
  attempts.of = watched(of)
  attempts.from = watched(from)
}
