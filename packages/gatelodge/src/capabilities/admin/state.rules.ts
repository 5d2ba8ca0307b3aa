// Whether an account may be entered. Knows no HTTP and no SQL.
import { stringify } from 'uuid'
import { z } from 'zod'
import type { Store } from '../../database/transaction.ts'
import type { Account } from '../../identity/accounts/account.ts'
import { isAdministrator } from '../../identity/groups/names.ts'
import { endAccess } from '../../identity/logins/end-access.ts'
import type { Services } from '../../services.ts'
import { type Act, changeAccount, type LastAdministrator, type NoAccount } from './act.rules.ts'

/** Asked by each act after which nobody may enter the account. @returns why it may not go on. */
export async function lastOne(
  { groups }: Pick<Services, 'groups'>,
  trx: Store,
  held: Account,
): Promise<LastAdministrator | undefined> {
  if (!isAdministrator(held) || (await groups.keepsAdministrator(trx, held.id))) return undefined
  return { kind: 'last-administrator' }
}

/** Nobody locks themselves out: another administrator does it. */
type OwnAccount = { kind: 'own-account' }
type Standing = Pick<Account, 'id' | 'disabledAt' | 'deletesAt'>

export function whyNotDisabled({ id, disabledAt }: Standing, actor: string): 'disabled' | 'own-account' | undefined {
  if (disabledAt !== null) return 'disabled'
  return actor === stringify(id) ? 'own-account' : undefined
}

export function whyNotEnabled({ disabledAt, deletesAt }: Standing): 'enabled' | undefined {
  return disabledAt === null && deletesAt === null ? 'enabled' : undefined
}

export const disableAccount: Act<
  z.ZodObject,
  { kind: 'done' } | NoAccount | LastAdministrator | OwnAccount | { kind: 'disabled' }
> = {
  name: 'disable-account',
  input: z.object({}),
  needsReason: true,
  scope: 'accounts:write',
  event: 'account.disabled',
  email: 'account-disabled',
  run: (needs, asked, id) =>
    changeAccount(needs, asked, id, {
      event: 'account.disabled',
      email: { kind: 'account-disabled' },
      async work(trx, held) {
        const why = whyNotDisabled(held, asked.actor)
        if (why) return { kind: why }
        const refusal = await lastOne(needs, trx, held)
        if (refusal) return refusal
        await needs.accounts.setDisabled(trx, id, needs.clock.now())
        await endAccess(needs, trx, id, 'by-site')
        // Nor does a disabled account's old session say why it ended: that would tell of the account (ASVS V7.4.2).
        await needs.sessionRows.removeAll(trx, id)
        return undefined
      },
    }),
}

/** Also brings back one that its owner has deleted, as long as it is there. */
export const enableAccount: Act<z.ZodObject, { kind: 'done' } | NoAccount | { kind: 'enabled' }> = {
  name: 'enable-account',
  input: z.object({}),
  needsReason: true,
  scope: 'accounts:write',
  event: 'account.enabled',
  email: 'account-enabled',
  run: (needs, asked, id) =>
    changeAccount(needs, asked, id, {
      event: 'account.enabled',
      email: { kind: 'account-enabled' },
      async work(trx, held) {
        const why = whyNotEnabled(held)
        if (why) return { kind: why }
        await needs.accounts.setDisabled(trx, id, null)
        return undefined
      },
    }),
}
