// The owner's switch: a passkey is asked for behind the password as well. Knows no HTTP and no SQL.

import type { Store } from '../../database/transaction.ts'
import type { Account } from '../../identity/accounts/account.ts'
import { isAdministrator } from '../../identity/groups/names.ts'
import { holdWhileIn } from '../../identity/sessions/hold-while-in.ts'
import type { Renewal } from '../../web/session/renew-session.ts'
import { endOthers, type LoggedOut, type Needs, NoLongerAllowed, type SessionOwner, telling } from './change.rules.ts'

/** `codes`: made with the first second factor of an account, and shown once. Then the session goes on under a new token. */
export type TurningOn = { kind: 'on'; codes: string[] } | { kind: 'unchanged' } | { kind: 'barred' } | LoggedOut
export type TurningOff = { kind: 'off' } | { kind: 'unchanged' } | LoggedOut

/** Whether it may be turned on: there are a password to ask behind and a passkey to ask for, and the site takes second factors. */
export function mayAsk(
  { settings }: Pick<Needs, 'settings'>,
  account: Pick<Account, 'passwordChangedAt' | 'groups'>,
  passkeys: unknown[],
): boolean {
  if (settings.secondFactor === 'off' && !isAdministrator(account)) return false
  return account.passwordChangedAt !== null && passkeys.length > 0
}

/**
 * With the first second factor come recovery codes, so that nobody who loses the passkeys is locked out, and all other sessions
 * end. @throws {Busy} where too much is being hashed. @throws {Unavailable} where the database is away.
 */
export async function turnOn(needs: Needs, owner: SessionOwner, renewal: Renewal): Promise<TurningOn> {
  const { database, passkeys, secondFactors } = needs
  const { account, source } = owner
  const made = account.hasSecondFactor ? undefined : await secondFactors.makeCodes(source.clientAddress)
  const notice = telling(needs, owner, {
    event: 'passkey-after-password.turned-on',
    kind: 'passkey-after-password-on',
  })
  const on: TurningOn = { kind: 'on', codes: made?.codes ?? [] }
  const work = async (trx: Store): Promise<TurningOn> => {
    const held = await holdWhileIn(needs, trx, owner)
    if (!held) return { kind: 'logged-out' }
    // Changed in another tab: the page shows what there is now.
    if (held.asksPasskeySince !== null || held.hasSecondFactor !== account.hasSecondFactor) return { kind: 'unchanged' }
    if (!mayAsk(needs, held, await passkeys.ofAccount(trx, account.id))) return { kind: 'barred' }
    await secondFactors.askForPasskey(trx, account.id, made)
    await notice.write(trx)
    if (made) await endOthers(needs, trx, owner, renewal)
    return on
  }
  try {
    const outcome = await database.transact(work, async (db) => ((await notice.isWritten(db)) ? on : undefined))
    return outcome === 'duplicate' ? on : outcome
  } catch (error) {
    if (!(error instanceof NoLongerAllowed)) throw error
    return { kind: 'logged-out' }
  }
}

/** The recovery codes go with the last second factor. */
export async function turnOff(needs: Needs, owner: SessionOwner): Promise<TurningOff> {
  const off: TurningOff = { kind: 'off' }
  const turning = turningOff(needs, owner)
  const outcome = await needs.database.transact(
    async (trx): Promise<TurningOff> => {
      const held = await holdWhileIn(needs, trx, owner)
      if (!held) return { kind: 'logged-out' }
      if (held.asksPasskeySince === null) return { kind: 'unchanged' }
      await turning.write(trx, held)
      return off
    },
    async (db) => ((await turning.isWritten(db)) ? off : undefined),
  )
  return outcome === 'duplicate' ? off : outcome
}

/** The same, within a transaction that removes the last passkey. Made before its first try. */
export function turningOff(needs: Needs, owner: SessionOwner) {
  const notice = telling(needs, owner, {
    event: 'passkey-after-password.turned-off',
    kind: 'passkey-after-password-off',
  })
  return {
    async write(trx: Store, held: Account): Promise<void> {
      await needs.secondFactors.stopAskingForPasskey(trx, held)
      await notice.write(trx)
    },
    isWritten: notice.isWritten,
  }
}
