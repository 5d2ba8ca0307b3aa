// The table of log-ins under way.
import { sql } from 'kysely'
import type { Dialect } from '../../database/dialect.ts'
import { momentFrom } from '../../database/moment.ts'
import { removeExpired } from '../../database/remove-expired.ts'
import type { AccountRow, LoginUnderWayRow } from '../../database/schema.ts'
import type { Store } from '../../database/transaction.ts'
import type { DeviceDescription } from '../../text/device-name.ts'
import { readDevice, writeDevice } from '../audit/request-source.ts'
import { readGroups } from '../groups/names.ts'
import type { LoginAccount, LoginOptions } from './login.ts'
import { type Methods, readMethods, writeMethods } from './methods.ts'

/** As it is stored. */
export interface LoginUnderWay {
  tokenHash: Buffer
  account: LoginAccount
  methods: Methods
  options: LoginOptions
  tries: number
  startedAt: number
  expiresAt: number
}

export interface NewLoginUnderWay extends Omit<LoginUnderWay, 'tries'> {
  device: DeviceDescription
  clientAddress: string
}

/** What its account may know of it. */
export interface ToldLoginUnderWay {
  methods: Methods
  device: DeviceDescription
  clientAddress: string
  startedAt: number
  expiresAt: number
  usedAt: number | null
}

/** Wrong codes for one log-in under way: then it is over, and the password is asked once more. */
export const mostTries = 5

export const loginRows = {
  /** One statement, so that no row stays behind an account that is removed at the same moment. @returns whether it was there. */
  async insert(store: Store, { shareLock }: Dialect, login: NewLoginUnderWay): Promise<boolean> {
    const { account, options } = login
    const { numAffectedRows } = await sql`
      insert into gatelodge_logins_under_way
        (token_hash, account_id, password_version, factor_version, methods, remembered, is_bearer, return_to, device,
          client_address, tries, started_at, expires_at)
      select ${login.tokenHash}, account.id, ${account.passwordVersion}, ${account.factorVersion},
        ${writeMethods(login.methods)}, ${options.remembered ? 1 : 0}, ${options.as === 'bearer' ? 1 : 0},
        ${options.returnTo ?? null}, ${writeDevice(login.device)}, ${login.clientAddress}, 0, ${login.startedAt},
        ${login.expiresAt}
      from gatelodge_accounts account
      where account.id = ${account.id} and account.disabled_at is null and account.deletes_at is null
      ${shareLock}`.execute(store)
    return (numAffectedRows ?? 0n) > 0n
  },

  /**
   * One that can still become a session: not used, in time, and its account open, with the password and the factors that it
   * had at the first proof.
   */
  async find(
    store: Store,
    tokenHash: Buffer,
    { as, now }: { as: LoginOptions['as']; now: number },
  ): Promise<LoginUnderWay | undefined> {
    const row = await store
      .selectFrom('gatelodge_logins_under_way as login')
      .innerJoin('gatelodge_accounts as account', 'account.id', 'login.account_id')
      .selectAll('login')
      .select([
        'account.name',
        'account.email',
        'account.verified_at',
        'account.password_demanded_at',
        'account.has_second_factor',
        'account.has_app',
        'account.member_of',
      ])
      .where('login.token_hash', '=', tokenHash)
      .where('login.is_bearer', '=', as === 'bearer' ? 1 : 0)
      .where('login.used_at', 'is', null)
      .where('login.tries', '<', mostTries)
      .where('login.expires_at', '>', now)
      .whereRef('account.password_version', '=', 'login.password_version')
      .whereRef('account.factor_version', '=', 'login.factor_version')
      .where('account.disabled_at', 'is', null)
      .where('account.deletes_at', 'is', null)
      .executeTakeFirst()
    return row && fromRow(row)
  },

  /** A step was passed and another one is due. @returns whether it was still under way. */
  async advance(
    store: Store,
    { tokenHash, account, methods, expiresAt }: Pick<LoginUnderWay, 'tokenHash' | 'account' | 'methods' | 'expiresAt'>,
    now: number,
  ): Promise<boolean> {
    const { numUpdatedRows } = await store
      .updateTable('gatelodge_logins_under_way')
      // The step may have raised a version itself: an enrolment does, and a new password.
      .set({
        ...{ methods: writeMethods(methods), expires_at: expiresAt },
        ...{ password_version: account.passwordVersion, factor_version: account.factorVersion },
      })
      .where('token_hash', '=', tokenHash)
      .where('tries', '<', mostTries)
      .where('used_at', 'is', null)
      .where('expires_at', '>', now)
      .executeTakeFirst()
    return numUpdatedRows > 0n
  },

  /** Whether it stands there with exactly these proofs, which carry their moments, and at these versions. */
  async has(
    store: Store,
    { tokenHash, account, methods }: Pick<LoginUnderWay, 'tokenHash' | 'account' | 'methods'>,
  ): Promise<boolean> {
    const row = await store
      .selectFrom('gatelodge_logins_under_way')
      .select('token_hash')
      .where('token_hash', '=', tokenHash)
      .where('methods', '=', writeMethods(methods))
      .where('password_version', '=', account.passwordVersion)
      .where('factor_version', '=', account.factorVersion)
      .executeTakeFirst()
    return row !== undefined
  },

  /**
   * One statement: of many at once, one uses it. Our own mark on it means that an earlier try of ours had worked.
   * @param by the id of the session that it becomes.
   */
  async use(store: Store, tokenHash: Buffer, by: Buffer, now: number): Promise<boolean> {
    const { numUpdatedRows } = await store
      .updateTable('gatelodge_logins_under_way')
      .set({ used_at: now, used_by: by })
      .where('token_hash', '=', tokenHash)
      .where('tries', '<', mostTries)
      .where('expires_at', '>', now)
      .where((row) => row.or([row('used_by', 'is', null), row('used_by', '=', by)]))
      .executeTakeFirst()
    return numUpdatedRows > 0n
  },

  /** Counts one wrong code. @returns whether there was room for it: of many at once, no more than five are judged. */
  async countTry(store: Store, tokenHash: Buffer): Promise<boolean> {
    const { numUpdatedRows } = await store
      .updateTable('gatelodge_logins_under_way')
      .set((row) => ({ tries: row('tries', '+', 1) }))
      .where('token_hash', '=', tokenHash)
      .where('tries', '<', mostTries)
      .executeTakeFirst()
    return numUpdatedRows > 0n
  },

  async remove(store: Store, tokenHash: Buffer): Promise<void> {
    await store.deleteFrom('gatelodge_logins_under_way').where('token_hash', '=', tokenHash).execute()
  },

  async removeAll(store: Store, accountId: Buffer): Promise<void> {
    await store.deleteFrom('gatelodge_logins_under_way').where('account_id', '=', accountId).execute()
  },

  async ofAccount(store: Store, accountId: Buffer): Promise<ToldLoginUnderWay[]> {
    const rows = await store
      .selectFrom('gatelodge_logins_under_way')
      .select(['methods', 'device', 'client_address', 'started_at', 'expires_at', 'used_at'])
      .where('account_id', '=', accountId)
      .orderBy('started_at')
      .execute()
    return rows.map((row) => ({
      methods: readMethods(row.methods),
      device: readDevice(row.device),
      clientAddress: row.client_address,
      startedAt: Number(row.started_at),
      expiresAt: Number(row.expires_at),
      usedAt: momentFrom(row.used_at),
    }))
  },

  purge: (store: Store, now: number) => removeExpired(store, 'gatelodge_logins_under_way', now),
}

type FoundRow = LoginUnderWayRow &
  Pick<AccountRow, 'name' | 'email' | 'verified_at' | 'password_demanded_at' | 'has_app' | 'member_of'> & {
    has_second_factor: number
  }

function fromRow(row: FoundRow): LoginUnderWay {
  return {
    tokenHash: row.token_hash,
    account: {
      id: row.account_id,
      name: row.name,
      email: row.email,
      verifiedAt: momentFrom(row.verified_at),
      passwordVersion: row.password_version,
      passwordDemandedAt: momentFrom(row.password_demanded_at),
      factorVersion: row.factor_version,
      hasSecondFactor: row.has_second_factor === 1,
      hasApp: row.has_app === 1,
      groups: readGroups(row.member_of),
    },
    methods: readMethods(row.methods),
    options: {
      remembered: row.remembered === 1,
      as: row.is_bearer === 1 ? 'bearer' : 'cookie',
      returnTo: row.return_to ?? undefined,
    },
    tries: row.tries,
    startedAt: Number(row.started_at),
    expiresAt: Number(row.expires_at),
  }
}
