// What an account proves beside its password: codes of an app, and recovery codes for when the app is lost. Knows no HTTP.
import type { Database } from '../../database/connect.ts'
import type { Store } from '../../database/transaction.ts'
import type { DeviceDescription } from '../../text/device-name.ts'
import type { Clock } from '../../time.ts'
import type { Account } from '../accounts/account.ts'
import { accounts } from '../accounts/storage.ts'
import { isAdministrator } from '../groups/names.ts'
import { newId } from '../ids.ts'
import { passkeyRows } from '../passkeys/storage.ts'
import type { Hashing } from '../passwords/hashing.ts'
import { digest, newToken, type Sealing } from '../sealing.ts'
import { mostTrustedDevices, trustedFor } from './limits.ts'
import { findRecoveryCode, makeRecoveryCodes, type RecoveryCodes } from './recovery-codes.ts'
import { factorRows } from './storage.ts'
import { type Judged, judgeCode } from './totp.ts'
import { type TrustedDevice, trustedRows } from './trusted-storage.ts'
import type { TypedCode } from './typed-code.ts'

/** What the owner may know of it. */
export interface Factors {
  /** Since when there is an app; undefined: there is none. */
  totp?: { createdAt: number; lastUsedAt: number | null }
  recoveryCodesLeft: number
}

/** A code that is right, and not taken yet. */
export interface RightCode {
  kind: 'right'
  by: 'app' | 'recovery'
  /** In the transaction of what it opens. @returns false where another took it, or the step, meanwhile. */
  take(store: Store): Promise<boolean>
}

export type LookedAt = RightCode | Extract<Judged, { kind: 'wrong' }>

export interface NewTotp {
  secret: Buffer
  /** The step of the code that confirms it: that code does not work again. */
  step: number
}

interface Owner {
  id: Buffer
  passwordVersion: number
  factorVersion: number
}

/** As much of an account as tells which second factors it has. */
type Holder = Pick<Account, 'id' | 'hasApp' | 'asksPasskeySince'>

interface Trusting {
  account: Owner
  device: DeviceDescription
  clientAddress: string
}

export interface SecondFactors {
  ofAccount(store: Store, accountId: Buffer): Promise<Factors>
  /** Takes nothing. @throws {Error} where the secret cannot be unsealed. @throws {Busy} */
  look(accountId: Buffer, typed: Exclude<TypedCode, { kind: 'unreadable' }>, client: string): Promise<LookedAt>
  /** @throws {Busy} */
  makeCodes(client: string): Promise<RecoveryCodes>
  /** An app whose code was right. The caller holds the account's row. @param made with the first factor of an account. */
  add(store: Store, accountId: Buffer, totp: NewTotp, made?: RecoveryCodes): Promise<void>
  /** An app that was set up in another system, for an account that was just inserted. Recovery codes do not come along. */
  addImported(store: Store, accountId: Buffer, secret: Buffer): Promise<void>
  replaceCodes(store: Store, accountId: Buffer, made: RecoveryCodes): Promise<void>
  /** Whether an earlier try of a transaction has stored these. */
  hasCodes(store: Store, made: RecoveryCodes): Promise<boolean>
  /** As removeFactors() below. */
  removeAll(store: Store, accountId: Buffer): Promise<boolean>
  /**
   * The same where the address of an account is proved for the first time: what was set up before may be a stranger's. Of an
   * administrator it stays: a mailbox alone must not be enough to run the site.
   */
  removeUnconfirmed(store: Store, account: { id: Buffer; groups: readonly string[] }): Promise<boolean>
  /** The app; and with the last second factor what exists only beside one. Passkeys stay. @returns whether there was one. */
  removeApp(store: Store, account: Holder): Promise<boolean>
  /** From now on a passkey is asked for behind the password. The caller holds the account's row. @param made as for add(). */
  askForPasskey(store: Store, accountId: Buffer, made?: RecoveryCodes): Promise<void>
  /** Likewise no longer; and with the last second factor goes what exists only beside one. */
  stopAskingForPasskey(store: Store, account: Holder): Promise<void>
  /**
   * Those that were set up at that moment or later; of older ones, recovery codes that were made since.
   * @returns what was removed: `factors` where there was a factor among it.
   */
  removeSince(store: Store, account: Holder, since: number): Promise<'factors' | 'recovery codes' | undefined>
  trusted: {
    /** Made before the first try. @returns the token, which is stored nowhere. */
    prepare(trusting: Trusting): { token: string; row: TrustedDevice }
    add(store: Store, row: TrustedDevice): Promise<void>
    isTrusted(tokens: string[], account: Owner): Promise<boolean>
    list(account: Owner): Promise<TrustedDevice[]>
    removeOne(store: Store, accountId: Buffer, id: Buffer): Promise<boolean>
    removeAll(store: Store, accountId: Buffer): Promise<boolean>
    purge(): Promise<number>
  }
}

/**
 * All factors, passkeys, recovery codes and trusted devices. What was proved before is worthless. The caller holds the account's row.
 * @returns whether there was one.
 */
async function removeFactors(store: Store, accountId: Buffer): Promise<boolean> {
  const hadApp = await factorRows.removeTotp(store, accountId)
  await factorRows.removeCodes(store, accountId)
  const hadPasskeys = await passkeyRows.removeAll(store, accountId)
  if (!hadApp && !hadPasskeys) return false
  await trustedRows.removeAll(store, accountId)
  await accounts.changeFactors(store, accountId, { hasApp: false, asksPasskeySince: null })
  return true
}

async function removeApp(store: Store, { id, asksPasskeySince }: Holder): Promise<boolean> {
  if (!(await factorRows.removeTotp(store, id))) return false
  if (asksPasskeySince === null) await factorRows.removeCodes(store, id)
  await trustedRows.removeAll(store, id)
  await accounts.changeFactors(store, id, { hasApp: false })
  return true
}

async function stopAskingForPasskey(store: Store, { id, hasApp }: Holder): Promise<void> {
  if (!hasApp) await factorRows.removeCodes(store, id)
  await trustedRows.removeAll(store, id)
  await accounts.changeFactors(store, id, { asksPasskeySince: null })
}

async function removeSince(store: Store, { id, hasApp, asksPasskeySince }: Holder, since: number) {
  const isAppNew = hasApp && ((await factorRows.findTotp(store, id))?.createdAt ?? 0) >= since
  if (isAppNew) await factorRows.removeTotp(store, id)
  const hadNewPasskeys = await passkeyRows.removeAll(store, id, since)
  const keepsAsking =
    asksPasskeySince !== null && asksPasskeySince < since && (await passkeyRows.ofAccount(store, id)).length > 0
  const keepsOne = keepsAsking || (hasApp && !isAppNew)
  const hadCodes = await factorRows.removeCodes(store, id, keepsOne ? since : 0)
  const stopsAsking = asksPasskeySince !== null && !keepsAsking
  if (!isAppNew && !hadNewPasskeys && !stopsAsking) return hadCodes ? 'recovery codes' : undefined
  await trustedRows.removeAll(store, id)
  const changes = { ...(isAppNew && { hasApp: false }), ...(stopsAsking && { asksPasskeySince: null }) }
  await accounts.changeFactors(store, id, changes)
  return 'factors'
}

export function createSecondFactors(
  { db }: Pick<Database, 'db'>,
  sealing: Sealing,
  hashing: Hashing,
  clock: Clock,
): SecondFactors {
  /** With the account's id, so that a row is invalid in the place of another. */
  const seal = (accountId: Buffer, secret: Buffer) =>
    sealing.seal('second factor', `${accountId.toString('hex')} ${secret.toString('hex')}`)

  function unseal(accountId: Buffer, sealed: string): Buffer {
    const [id, secret] = sealing.open('second factor', sealed)?.split(' ') ?? []
    // No wrong code: nobody's try is spent, and an operator has to know.
    if (id !== accountId.toString('hex') || !secret)
      throw new Error('the secret of a second factor cannot be opened: was the setting `secret` changed?')
    return Buffer.from(secret, 'hex')
  }

  async function lookAtApp(accountId: Buffer, code: string): Promise<LookedAt> {
    const totp = await factorRows.findTotp(db, accountId)
    if (!totp) return { kind: 'wrong', code: 'wrong' }
    const now = clock.now()
    const judged = judgeCode(unseal(accountId, totp.secret), code, { now, lastStep: totp.lastStep })
    if (judged.kind === 'wrong') return judged
    return { kind: 'right', by: 'app', take: (store) => factorRows.takeStep(store, accountId, judged.step, now) }
  }

  async function lookAtRecovery(accountId: Buffer, code: string, client: string): Promise<LookedAt> {
    const unused = await factorRows.unusedCodes(db, accountId)
    const found = await findRecoveryCode(hashing, unused, code, client)
    if (!found) return { kind: 'wrong', code: 'wrong' }
    const attempt = newId()
    return {
      kind: 'right',
      by: 'recovery',
      take: (store) => factorRows.takeCode(store, found.id, attempt, clock.now()),
    }
  }

  return {
    async ofAccount(store, accountId) {
      const totp = await factorRows.findTotp(store, accountId)
      const recoveryCodesLeft = await factorRows.countUnused(store, accountId)
      const { createdAt, lastUsedAt } = totp ?? {}
      return { ...(createdAt && { totp: { createdAt, lastUsedAt: lastUsedAt ?? null } }), recoveryCodesLeft }
    },
    look: (accountId, { kind, code }, client) =>
      kind === 'app' ? lookAtApp(accountId, code) : lookAtRecovery(accountId, code, client),
    makeCodes: (client) => makeRecoveryCodes(hashing, client),
    async add(store, accountId, { secret, step }, made) {
      const createdAt = clock.now()
      await factorRows.insertTotp(store, accountId, { secret: seal(accountId, secret), lastStep: step, createdAt })
      if (made) await factorRows.replaceCodes(store, accountId, made.hashed, createdAt)
      await trustedRows.removeAll(store, accountId)
      await accounts.changeFactors(store, accountId, { hasApp: true })
    },
    async askForPasskey(store, accountId, made) {
      const now = clock.now()
      if (made) await factorRows.replaceCodes(store, accountId, made.hashed, now)
      await trustedRows.removeAll(store, accountId)
      await accounts.changeFactors(store, accountId, { asksPasskeySince: now })
    },
    async addImported(store, accountId, secret) {
      const totp = { secret: seal(accountId, secret), lastStep: 0, createdAt: clock.now() }
      await factorRows.insertTotp(store, accountId, totp)
      await accounts.changeFactors(store, accountId, { hasApp: true })
    },
    replaceCodes: (store, accountId, { hashed }) => factorRows.replaceCodes(store, accountId, hashed, clock.now()),
    hasCodes: async (store, { hashed: [first] }) => first !== undefined && factorRows.hasCode(store, first.id),
    removeAll: removeFactors,
    removeUnconfirmed: async (store, account) => !isAdministrator(account) && removeFactors(store, account.id),
    removeApp,
    stopAskingForPasskey,
    removeSince,
    trusted: {
      prepare({ account, device, clientAddress }) {
        const token = newToken()
        const createdAt = clock.now()
        const { id, passwordVersion, factorVersion } = account
        const of = { accountId: id, passwordVersion, factorVersion, device, clientAddress }
        return {
          token,
          row: { tokenHash: digest(token), id: newId(), ...of, createdAt, expiresAt: createdAt + trustedFor },
        }
      },
      async add(store, row) {
        await trustedRows.insert(store, row)
        await trustedRows.removeOldest(store, row.accountId, mostTrustedDevices)
      },
      isTrusted: async (tokens, account) =>
        tokens.length > 0 && trustedRows.isTrusted(db, tokens.map(digest), account, clock.now()),
      list: (account) => trustedRows.list(db, account, clock.now()),
      removeOne: trustedRows.removeOne,
      removeAll: trustedRows.removeAll,
      purge: () => trustedRows.purge(db, clock.now()),
    },
  }
}
