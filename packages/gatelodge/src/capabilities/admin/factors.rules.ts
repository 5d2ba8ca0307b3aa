// For an owner who has lost the app and all recovery codes, and has shown in some other way who they are. Knows no HTTP and
// no SQL.
import { z } from 'zod'
import { type Act, changeAccount, type NoAccount, type OfAdministrator, protectsAdministrator } from './act.rules.ts'

export const resetTwoFactor: Act<
  z.ZodObject,
  { kind: 'done' } | NoAccount | OfAdministrator | { kind: 'no-second-factor' }
> = {
  name: 'reset-two-factor',
  input: z.object({}),
  needsReason: true,
  scope: null,
  event: 'two-factor.reset',
  email: 'two-factor-reset',
  run: (needs, asked, id) =>
    changeAccount(needs, asked, id, {
      event: 'two-factor.reset',
      email: { kind: 'two-factor-reset' },
      async work(trx, held) {
        const refusal = protectsAdministrator(asked, held)
        if (refusal) return refusal
        if (!(await needs.secondFactors.removeAll(trx, id))) return { kind: 'no-second-factor' }
        await needs.sessions.endOthers(trx, id, undefined, 'factor-changed')
        return undefined
      },
    }),
}
