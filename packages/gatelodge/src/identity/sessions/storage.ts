// The sessions table, but for the hot look-up beside this file.
import { type ExpressionBuilder, sql } from 'kysely'
import type { Dialect } from '../../database/dialect.ts'
import { momentFrom } from '../../database/moment.ts'
import type { Position } from '../../database/paging.ts'
import type { SessionRow, Tables } from '../../database/schema.ts'
import type { Store } from '../../database/transaction.ts'
import type { DeviceDescription } from '../../text/device-name.ts'
import { isEnoughForAdministrator } from '../accounts/demands.ts'
import { readDevice, writeDevice } from '../audit/request-source.ts'
import { administratorsGroup } from '../groups/names.ts'
import { lastProofAt, type Methods, readMethods, writeMethods } from '../logins/methods.ts'
import type { Endings } from './endings.ts'

export interface NewSession {
  /** Goes into the cookie and nowhere else. */
  token: string
  tokenHash: Buffer
  remembered: boolean
  /** Names it in the list of devices; carries no authority. */
  id: Buffer
  /** From where it began: browser and system, and the client's address. */
  device: DeviceDescription
  clientAddress: string
  /** How its owner proved who they are, and when. */
  methods: Methods
}

/** The account that may be entered, at the versions that were proved. */
export interface Proved {
  accountId: Buffer
  passwordVersion: number
  factorVersion: number
  /**
   * `proved` with the log-in; `renewal`: the session before it had it where it was asked; or hashes of the tokens of a browser
   * that the account may trust.
   */
  secondFactor: 'proved' | 'renewal' | Buffer[]
}

/** What the site demands of everyone. */
interface Policy {
  onlyVerified: boolean
  onlyWithFactor: boolean
  /** Of administrators, who always have an app or a passkey that checks who uses it, and are trusted by no device. */
  onlyVerifiedAdministrators: boolean
}

/** Why a session is over, for the person who comes back with it. A log-out deletes its session at once. */
export type EndReason =
  | 'elsewhere'
  | 'password-changed'
  | 'password-reset'
  | 'address-confirmed'
  | 'address-changed'
  | 'account-deletion-scheduled'
  | 'factor-changed'
  | 'administrator-changed'
  | 'by-site'

export interface ListedSession {
  tokenHash: Buffer
  id: Buffer | null
  device: DeviceDescription
  clientAddress: string | null
  methods: Methods
  createdAt: number
  lastSeenAt: number
  remembered: boolean
}

/** One that is over, too, for as long as it is kept. */
export interface KeptSession extends ListedSession {
  reauthenticatedAt: number | null
  endedAt: number | null
  endedBy: EndReason | null
}

interface Ending {
  by: EndReason
  now: number
}

/** The hash of no token. */
const noToken = Buffer.alloc(32)

export const sessions = {
  /**
   * One conditional write: a row appears only while everything that is stored allows it. Whatever a step asks for stands here
   * once more, so that what changes between the question and the answer changes the answer.
   * The lock makes a change of any of it wait for our COMMIT, and then end this session too.
   */
  async insertIfProved(
    store: Store,
    { shareLock }: Dialect,
    session: NewSession,
    proved: Proved,
    { now, onlyVerified, onlyWithFactor, onlyVerifiedAdministrators }: Policy & { now: number },
  ): Promise<boolean> {
    const { secondFactor } = proved
    const isAsked = secondFactor !== 'renewal'
    const isByVerifying = isEnoughForAdministrator({ hasApp: false }, session.methods)
    const isByPassword = isAsked && session.methods.pwd !== undefined
    const tokens = Array.isArray(secondFactor) ? secondFactor : []
    // Always as many, so that it is one statement, whatever is known.
    const [one, two, three, four] = Array.from({ length: 4 }, (_, at) => tokens[at] ?? noToken)
    const { numAffectedRows } = await sql`
      insert into gatelodge_sessions
        (token_hash, account_id, created_at, last_seen_at, remembered, id, device, client_address, methods, reauthenticated_at)
      select ${session.tokenHash}, account.id, ${now}, ${now}, ${session.remembered ? 1 : 0},
        ${session.id}, ${writeDevice(session.device)}, ${session.clientAddress}, ${writeMethods(session.methods)},
        ${lastProofAt(session.methods)}
      from gatelodge_accounts account
      where account.id = ${proved.accountId}
        and account.disabled_at is null and account.deletes_at is null
        and account.password_version = ${proved.passwordVersion}
        and account.factor_version = ${proved.factorVersion}
        and (${isByPassword ? 0 : 1} = 1 or account.password_demanded_at is null)
        and (${onlyVerified ? 0 : 1} = 1 or account.verified_at is not null)
        and (${onlyWithFactor && isAsked && secondFactor !== 'proved' ? 0 : 1} = 1 or account.has_second_factor = 1)
        and (account.has_second_factor = 0 or ${Array.isArray(secondFactor) ? 0 : 1} = 1 or exists (
          select 1 from gatelodge_trusted_devices trusted
          where trusted.token_hash in (${one}, ${two}, ${three}, ${four}) and trusted.account_id = account.id
            and trusted.password_version = account.password_version
            and trusted.factor_version = account.factor_version and trusted.expires_at > ${now}))
        and (instr(concat(',', account.member_of, ','), ${`,${administratorsGroup},`}) = 0 or (
          (account.has_app = 1 or (${isByVerifying ? 1 : 0} = 1 and exists (
            select 1 from gatelodge_passkeys passkey
            where passkey.account_id = account.id and passkey.user_verified = 1)))
          and ${Array.isArray(secondFactor) ? 0 : 1} = 1
          and (${onlyVerifiedAdministrators ? 0 : 1} = 1 or account.verified_at is not null)))
      ${shareLock}`.execute(store)
    return (numAffectedRows ?? 0n) > 0n
  },

  async exists(store: Store, tokenHash: Buffer): Promise<boolean> {
    const row = await store
      .selectFrom('gatelodge_sessions')
      .select('account_id')
      .where('token_hash', '=', tokenHash)
      .where('ended_at', 'is', null)
      .executeTakeFirst()
    return row !== undefined
  },

  /** At most that many that lie beside a position, the nearest in front; without one, this session, then those used last. */
  async beside(
    store: Store,
    { accountId, here, endings }: { accountId: Buffer; here: Buffer; endings: Endings },
    { before, after }: Position<LastUse>,
    most: number,
  ): Promise<ListedSession[]> {
    const { startedBefore, idleSince, idleSinceRemembered } = endings
    const idle = sql<number>`case when remembered = 1 then ${idleSinceRemembered} else ${idleSince} end`
    const isFirst = !before && !after
    const order = after ? 'asc' : 'desc'
    const rows = await store
      .selectFrom('gatelodge_sessions')
      .selectAll()
      .where('account_id', '=', accountId)
      .where('ended_at', 'is', null)
      .where('created_at', '>', startedBefore)
      .where('last_seen_at', '>', idle)
      .$if(!isFirst, (query) => query.where('token_hash', '!=', here))
      .$if(before !== undefined, (query) => query.where(isBeside('<', before as LastUse)))
      .$if(after !== undefined, (query) => query.where(isBeside('>', after as LastUse)))
      .$if(isFirst, (query) => query.orderBy(sql`case when token_hash = ${here} then 0 else 1 end`))
      .orderBy('last_seen_at', order)
      .orderBy('id', order)
      .limit(most)
      .execute()
    return rows.map(fromRow)
  },

  /** All that are kept, those that are over among them. */
  async all(store: Store, accountId: Buffer): Promise<KeptSession[]> {
    const rows = await ofAccount(store, accountId).execute()
    return rows.map(fromRow)
  },

  /** @returns whether it was there and not over. */
  async remove(store: Store, tokenHash: Buffer): Promise<boolean> {
    const { numDeletedRows } = await store
      .deleteFrom('gatelodge_sessions')
      .where('token_hash', '=', tokenHash)
      .where('ended_at', 'is', null)
      .executeTakeFirst()
    return numDeletedRows > 0n
  },

  /** One of an account's own, by what names it in the list. @returns whether it was there and not over. */
  async endOne(store: Store, accountId: Buffer, id: Buffer, { by, now }: Ending): Promise<boolean> {
    const { numUpdatedRows } = await store
      .updateTable('gatelodge_sessions')
      .set({ ended_at: now, ended_by: by })
      .where('account_id', '=', accountId)
      .where('id', '=', id)
      .where('ended_at', 'is', null)
      .executeTakeFirst()
    return numUpdatedRows > 0n
  },

  /**
   * All sessions of an account, except `kept`. They are invalid from now on, and say why for some days.
   * @returns whether there was one.
   */
  async endAll(store: Store, accountId: Buffer, kept: Buffer | undefined, { by, now }: Ending): Promise<boolean> {
    const { numUpdatedRows } = await store
      .updateTable('gatelodge_sessions')
      .set({ ended_at: now, ended_by: by })
      .where('account_id', '=', accountId)
      .where('ended_at', 'is', null)
      .$if(kept !== undefined, (query) => query.where('token_hash', '!=', kept as Buffer))
      .executeTakeFirst()
    return numUpdatedRows > 0n
  },

  async removeAll(store: Store, accountId: Buffer): Promise<void> {
    await store.deleteFrom('gatelodge_sessions').where('account_id', '=', accountId).execute()
  },
}

/** Where a session stands in the list: of those used at the same moment, the one that began last in front. */
export interface LastUse {
  lastSeenAt: number
  id: Buffer
}

function isBeside(side: '<' | '>', { lastSeenAt, id }: LastUse) {
  return (row: ExpressionBuilder<Tables, 'gatelodge_sessions'>) =>
    row.or([
      row('last_seen_at', side, lastSeenAt),
      row.and([row('last_seen_at', '=', lastSeenAt), row('id', side, id)]),
    ])
}

function ofAccount(store: Store, accountId: Buffer) {
  return store
    .selectFrom('gatelodge_sessions')
    .selectAll()
    .where('account_id', '=', accountId)
    .orderBy('last_seen_at', 'desc')
}

function fromRow(row: SessionRow): KeptSession {
  return {
    tokenHash: row.token_hash,
    id: row.id,
    device: readDevice(row.device),
    clientAddress: row.client_address,
    methods: readMethods(row.methods),
    createdAt: Number(row.created_at),
    lastSeenAt: Number(row.last_seen_at),
    remembered: row.remembered === 1,
    reauthenticatedAt: momentFrom(row.reauthenticated_at),
    endedAt: momentFrom(row.ended_at),
    endedBy: row.ended_by as EndReason | null,
  }
}
