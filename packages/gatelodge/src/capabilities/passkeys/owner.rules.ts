// What an owner does with passkeys: adds one, renames one, removes one. Knows no HTTP and no SQL.

import type { Store } from '../../database/transaction.ts'
import type { HeldAccount } from '../../identity/accounts/account.ts'
import { judgeLine, type NameRefusal } from '../../identity/accounts/name.ts'
import type { LoginAccount } from '../../identity/logins/login.ts'
import { hasOtherWay } from '../../identity/logins/other-way.ts'
import type { PasskeyAsking } from '../../identity/passkeys/challenge.ts'
import { longestName, mostPasskeys } from '../../identity/passkeys/limits.ts'
import type { NewPasskey, PasskeyProblem } from '../../identity/passkeys/rules.ts'
import { type Passkey, passkeyRows } from '../../identity/passkeys/storage.ts'
import { holdWhileIn } from '../../identity/sessions/hold-while-in.ts'
import type { Renewal } from '../../web/session/renew-session.ts'
import { turningOff } from './after-password.rules.ts'
import { endOthers, type LoggedOut, type Needs, NoLongerAllowed, type SessionOwner, telling } from './change.rules.ts'

/** Why an account gets no passkey now: an address that may be a stranger's, or as many as there may be. */
export type PasskeyBar = { kind: 'unverified' } | { kind: 'too-many' }

/** Anyone may register with an address that is not theirs, and must not stay in when its owner takes the account over. */
export function barred(
  { emails }: Pick<Needs, 'emails'>,
  { verifiedAt }: Pick<LoginAccount, 'verifiedAt'>,
  existing: Passkey[],
): PasskeyBar | undefined {
  if (verifiedAt === null && emails.mode !== 'none') return { kind: 'unverified' }
  return existing.length >= mostPasskeys ? { kind: 'too-many' } : undefined
}

export type PasskeyAddition =
  | { kind: 'added'; passkey: Passkey; renewed: boolean }
  | { kind: 'refused'; reason: PasskeyProblem }
  /** An account has this very one: no authenticator makes the same twice. */
  | { kind: 'exists' }
  | PasskeyBar
  | LoggedOut

/**
 * With the first of an account's factors all other sessions end, and this one goes on under a new token; what was proved at
 * older versions is worthless in any case.
 * @throws {Unavailable} where the database is away.
 */
export async function addPasskey(
  needs: Needs,
  owner: SessionOwner,
  { answer, asking }: { answer: unknown; asking: PasskeyAsking },
  renewal: Renewal,
): Promise<PasskeyAddition> {
  const { database, passkeys } = needs
  const judged = await passkeys.judgeNew(answer, asking, owner.account)
  if (judged.kind === 'wrong') return { kind: 'refused', reason: judged.reason }
  const { passkey } = judged
  passkey.name ||= needs.text.passkeys.unnamed
  const write = addition(needs, owner, judged)
  let renewed = false
  const work = async (trx: Store): Promise<PasskeyAddition> => {
    const held = await holdWhileIn(needs, trx, owner)
    if (!held) return { kind: 'logged-out' }
    const existing = await passkeys.ofAccount(trx, owner.account.id)
    const bar = barred(needs, held, existing)
    if (bar) return bar
    if (!(await write(trx))) return { kind: 'refused', reason: 'challenge' }
    renewed = existing.length === 0 && !held.hasSecondFactor
    if (renewed) await endOthers(needs, trx, owner, renewal)
    return { kind: 'added', passkey, renewed }
  }
  const landed = async (db: Store): Promise<PasskeyAddition | undefined> =>
    (await passkeyRows.exists(db, passkey.id)) ? { kind: 'added', passkey, renewed } : undefined
  try {
    const outcome = await database.transact(work, landed)
    return outcome === 'duplicate' ? { kind: 'exists' } : outcome
  } catch (error) {
    if (!(error instanceof NoLongerAllowed)) throw error
    return { kind: 'logged-out' }
  }
}

/** Trusted devices are voided with it, and the offer to make a passkey has done its work. */
function addition(needs: Needs, owner: SessionOwner, judged: NewPasskey) {
  const { clock, accounts, secondFactors } = needs
  const { id } = owner.account
  const { write } = telling(needs, owner, { event: 'passkey.added', kind: 'passkey-added' })
  return async (trx: Store): Promise<boolean> => {
    if (!(await judged.store(trx))) return false
    await secondFactors.trusted.removeAll(trx, id)
    await accounts.changeFactors(trx, id, { passkeyOfferAnsweredAt: clock.now() })
    await write(trx)
    return true
  }
}

export type PasskeyRenaming =
  | { kind: 'renamed' }
  | { kind: 'refused'; problems: { field: 'passkey_name'; code: NameRefusal }[] }
  | { kind: 'missing' }
  | LoggedOut

export async function renamePasskey(
  needs: Needs,
  owner: SessionOwner,
  id: Buffer,
  typed: string,
): Promise<PasskeyRenaming> {
  const judged = judgeLine(typed, longestName)
  if ('refusal' in judged) return { kind: 'refused', problems: [{ field: 'passkey_name', code: judged.refusal }] }
  const { account } = owner
  return change<'renamed', never>(needs, owner, 'renamed', (trx) =>
    passkeyRows.rename(trx, account.id, id, judged.line),
  )
}

export type PasskeyRemoval =
  | { kind: 'removed' }
  | { kind: 'missing' }
  /** The account has no password, and no other passkey. */
  | { kind: 'last-way-in' }
  | LoggedOut

/**
 * Of several at once, one removes it and is recorded; and the last way to log in stays. With the last passkey, none is asked for
 * behind the password any more.
 */
export async function removePasskey(needs: Needs, owner: SessionOwner, id: Buffer): Promise<PasskeyRemoval> {
  const { accounts, passkeys, secondFactors } = needs
  const { account } = owner
  const turnOff = turningOff(needs, owner)
  return change<'removed', 'last-way-in'>(needs, owner, 'removed', async (trx, held) => {
    const all = await passkeys.ofAccount(trx, account.id)
    if (!all.some((one) => one.id.equals(id))) return false
    if (!(await hasOtherWay(needs, trx, account.id, id))) return 'last-way-in'
    await passkeyRows.remove(trx, account.id, id)
    await secondFactors.trusted.removeAll(trx, account.id)
    await accounts.changeFactors(trx, account.id)
    if (all.length === 1 && held.asksPasskeySince !== null) await turnOff.write(trx, held)
    return true
  })
}

const namesOf = {
  renamed: { event: 'passkey.renamed', kind: 'passkey-renamed' },
  removed: { event: 'passkey.removed', kind: 'passkey-removed' },
} as const

/** In one transaction, behind the account's row, with the record and an email to the owner. */
async function change<Kind extends keyof typeof namesOf, Refusal extends string>(
  needs: Needs,
  owner: SessionOwner,
  kind: Kind,
  work: (trx: Store, held: HeldAccount) => Promise<boolean | Refusal>,
): Promise<{ kind: Kind } | { kind: 'missing' } | { kind: Refusal } | LoggedOut> {
  const notice = telling(needs, owner, namesOf[kind])
  const done = { kind }
  const outcome = await needs.database.transact(
    async (trx): Promise<{ kind: Kind } | { kind: 'missing' } | { kind: Refusal } | LoggedOut> => {
      const held = await holdWhileIn(needs, trx, owner)
      if (!held) return { kind: 'logged-out' }
      const result = await work(trx, held)
      if (result === false) return { kind: 'missing' }
      if (result !== true) return { kind: result }
      await notice.write(trx)
      return done
    },
    async (db) => ((await notice.isWritten(db)) ? done : undefined),
  )
  return outcome === 'duplicate' ? done : outcome
}
