// Who runs the site. Becoming or ceasing to be an administrator ends all sessions of the account, in the same transaction
// (ASVS V7.4.2, V8.3.2). Knows no HTTP and no SQL.
import { z } from 'zod'
import type { Store } from '../../database/transaction.ts'
import { administratorsGroup } from '../../identity/groups/names.ts'
import { endAccess } from '../../identity/logins/end-access.ts'
import type { Services } from '../../services.ts'
import { type Act, changeAccount, type LastAdministrator, type NoAccount } from './act.rules.ts'

type Needs = Pick<Services, 'groups' | 'sessions' | 'loginsUnderWay' | 'secondFactors' | 'tokens'>

export type Promoted = 'promoted' | 'administrator' | 'too-many-groups'

/** In the transaction of the caller, who holds the account's row. */
export async function promote(needs: Needs, trx: Store, id: Buffer): Promise<Promoted> {
  const joined = await needs.groups.join(trx, id, administratorsGroup)
  if (joined === 'no-group') throw new Error('the group of administrators is missing')
  if (joined === 'member') return 'administrator'
  if (joined === 'too-many-groups') return joined
  // Whatever was proved before was proved for another kind of account.
  await endAccess(needs, trx, id, 'administrator-changed')
  // A reset link may have been copied before, and the old mailbox may be a stranger's by now: anyone who keeps such a link could
  // become the administrator.
  await needs.tokens.void(trx, id, ['reset-password', 'undo-email-change'])
  return 'promoted'
}

export const addAdministrator: Act<
  z.ZodObject,
  { kind: 'done' } | NoAccount | { kind: 'administrator' } | { kind: 'too-many-groups' }
> = {
  name: 'add-administrator',
  input: z.object({}),
  needsReason: false,
  scope: null,
  event: 'administrator.added',
  email: 'administrator-added',
  run: (needs, asked, id) =>
    changeAccount(needs, asked, id, {
      event: 'administrator.added',
      email: { kind: 'administrator-added' },
      async work(trx) {
        const outcome = await promote(needs, trx, id)
        if (outcome === 'promoted') return undefined
        return outcome === 'administrator' ? { kind: outcome } : { kind: outcome }
      },
    }),
}

export const removeAdministrator: Act<
  z.ZodObject,
  { kind: 'done' } | NoAccount | LastAdministrator | { kind: 'no-administrator' }
> = {
  name: 'remove-administrator',
  input: z.object({}),
  needsReason: true,
  scope: null,
  event: 'administrator.removed',
  email: 'administrator-removed',
  run: (needs, asked, id) =>
    changeAccount(needs, asked, id, {
      event: 'administrator.removed',
      email: { kind: 'administrator-removed' },
      async work(trx) {
        const outcome = await needs.groups.leave(trx, id, administratorsGroup)
        if (outcome === 'last-administrator') return { kind: outcome }
        if (outcome === 'no-member') return { kind: 'no-administrator' }
        await endAccess(needs, trx, id, 'administrator-changed')
        return undefined
      },
    }),
}
