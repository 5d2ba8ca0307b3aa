// Logging a person out of all devices (ASVS V7.4.5). Knows no HTTP and no SQL.
import { z } from 'zod'
import { type Act, changeAccount, type NoAccount } from './act.rules.ts'

export const endSessions: Act<z.ZodObject, { kind: 'done' } | NoAccount> = {
  name: 'end-sessions',
  input: z.object({}),
  needsReason: true,
  event: 'account.logged-out',
  email: 'sessions-ended',
  run: (needs, order, id) =>
    changeAccount<never>(needs, order, id, {
      event: 'account.logged-out',
      email: { kind: 'sessions-ended' },
      async work(trx) {
        await needs.sessions.endOthers(trx, id, undefined, 'by-site')
        await needs.secondFactors.trusted.removeAll(trx, id)
        return undefined
      },
    }),
}
