// Logging a person out of all devices, or of one (ASVS V7.4.5). Knows no HTTP and no SQL.
import { z } from 'zod'
import type { Account } from '../../identity/accounts/account.ts'
import { idFrom } from '../../identity/ids.ts'
import { endAccess } from '../../identity/logins/end-access.ts'
import type { ListedSession } from '../../identity/sessions/storage.ts'
import { readUse, writeUse } from '../../identity/sessions/use-cursor.ts'
import type { Services } from '../../services.ts'
import { type Act, changeAccount, type NoAccount } from './act.rules.ts'

export const endSessions: Act<z.ZodObject, { kind: 'done' } | NoAccount> = {
  name: 'end-sessions',
  input: z.object({}),
  needsReason: true,
  scope: 'accounts:write',
  event: 'account.logged-out',
  email: 'sessions-ended',
  run: (needs, order, id) =>
    changeAccount<never>(needs, order, id, {
      event: 'account.logged-out',
      email: { kind: 'sessions-ended' },
      async work(trx) {
        await endAccess(needs, trx, id, 'by-site')
        return undefined
      },
    }),
}

const One = z.object({ /** As the list of sessions names it. */ session: z.string() })

export const endSession: Act<typeof One, { kind: 'done' } | NoAccount | { kind: 'no-session' }> = {
  name: 'end-session',
  input: One,
  needsReason: true,
  scope: 'accounts:write',
  event: 'session.ended-by-site',
  email: 'session-ended',
  run: (needs, order, id, { session }) =>
    changeAccount(needs, order, id, {
      event: 'session.ended-by-site',
      email: { kind: 'session-ended' },
      async work(trx) {
        const named = idFrom(session)
        if (!named || !(await needs.sessions.endOne(trx, id, named, 'by-site'))) return { kind: 'no-session' }
        return undefined
      },
    }),
}

/** Nobody asks from a session of their own. */
const here = Buffer.alloc(32)

/** A page of those that are not over, used last in front. @returns undefined for a cursor that no page gave. */
export async function listSessions(
  { sessions }: Pick<Services, 'sessions'>,
  account: Pick<Account, 'id' | 'groups'>,
  cursor?: string,
): Promise<{ sessions: ListedSession[]; next: string | undefined } | undefined> {
  const before = cursor === undefined ? undefined : readUse(cursor)
  if (cursor !== undefined && !before) return undefined
  const { rows, hasNext } = await sessions.pageOf({ account, here }, { before })
  const last = rows.at(-1)
  return { sessions: rows, next: hasNext && last ? writeUse(last) : undefined }
}
