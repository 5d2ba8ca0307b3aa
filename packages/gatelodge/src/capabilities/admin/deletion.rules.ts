// Deleting an account that is not one's own, and bringing it back. Knows no HTTP and no SQL.
import { z } from 'zod'
import { endAccess } from '../../identity/logins/end-access.ts'
import type { TokenPurpose } from '../../identity/tokens/storage.ts'
import { type Act, changeAccount, type LastAdministrator, type NoAccount } from './act.rules.ts'
import { lastOne } from './state.rules.ts'

/** By links in emails that were sent before. */
const waysBack: TokenPurpose[] = ['restore-account', 'undo-email-change']

/** Closed at once; its rows go after `deletionDelay`, as when its owner deletes it. Only the site can bring it back until then. */
export const deleteAccount: Act<z.ZodObject, { kind: 'done' } | NoAccount | LastAdministrator | { kind: 'deleted' }> = {
  name: 'delete-account',
  input: z.object({}),
  needsReason: true,
  scope: 'accounts:write',
  event: 'account.deletion-started',
  email: 'account-deleted-by-site',
  run: (needs, order, id) =>
    changeAccount<LastAdministrator | { kind: 'deleted' }>(needs, order, id, {
      event: 'account.deletion-started',
      email: { kind: 'account-deleted-by-site', outlives: true },
      async work(trx, held) {
        // Its owner may have been quicker, to come back after a ban: then the ways back are what is deleted.
        const hadWayBack = await needs.tokens.void(trx, id, waysBack)
        if (held.deletesAt !== null) return hadWayBack ? undefined : { kind: 'deleted' }
        const refusal = await lastOne(needs, trx, held)
        if (refusal) return refusal
        await needs.accounts.close(trx, id, needs.clock.now() + needs.settings.deletionDelay)
        await endAccess(needs, trx, id, 'account-deletion-scheduled')
        await needs.tokens.void(trx, id)
        return undefined
      },
    }),
}

export const restoreAccount: Act<z.ZodObject, { kind: 'done' } | NoAccount | { kind: 'not-deleted' | 'disabled' }> = {
  name: 'restore-account',
  input: z.object({}),
  needsReason: true,
  scope: 'accounts:write',
  event: 'account.brought-back',
  email: 'account-restored',
  run: (needs, order, id) =>
    changeAccount<{ kind: 'not-deleted' | 'disabled' }>(needs, order, id, {
      event: 'account.brought-back',
      email: { kind: 'account-restored' },
      async work(trx, held) {
        if (held.deletesAt === null) return { kind: 'not-deleted' }
        if (held.disabledAt !== null) return { kind: 'disabled' }
        if (!(await needs.accounts.reopen(trx, id, needs.clock.now()))) return { kind: 'not-deleted' }
        await needs.tokens.void(trx, id, ['restore-account'])
        return undefined
      },
    }),
}
