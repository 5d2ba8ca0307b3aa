// The look-up that every page of a logged-in person makes. All tokens asked for in one turn of the event loop go out as
// one prepared `IN (…)`: always fresh rows, no cache, no timer. docs/decisions/ tells what that is worth.
import type { Database } from '../../database/connect.ts'
import { readOwn } from '../../database/custom-values.ts'
import type { ReadRow } from '../../database/driver.ts'
import { momentFrom } from '../../database/moment.ts'
import { Unavailable } from '../../database/unavailable.ts'
import type { Account } from '../accounts/account.ts'
import { administratorsGroup, readGroups } from '../groups/names.ts'
import { lastProofAt, type Methods, readMethods } from '../logins/methods.ts'
import type { Endings } from './endings.ts'
import type { EndReason } from './storage.ts'

export interface FoundSession {
  tokenHash: Buffer
  createdAt: number
  lastSeenAt: number
  remembered: boolean
  /** Names it in the list of devices. */
  id: Buffer | null
  /** When the password was last typed here; 0 where nobody knows. */
  reauthenticatedAt: number
  endedBy: EndReason | null
  /** How its owner proved who they are, and when. */
  methods: Methods
  /** The moment of the last proof. */
  authenticatedAt: number
  account: Account & { recent: string }
  /** Of administrators: whether the account has an app, or a passkey that has checked a PIN, a fingerprint or a face. */
  hasFactorOfAdministrator: boolean
  /** Where it was asked for. */
  counts?: Counts
}

/** What an account has, in numbers. */
export interface Counts {
  /** Sessions that are not over, this one among them. */
  devices: number
  recoveryCodesLeft: number
  /** It has no passkey, and the offer to make one was not answered yet. */
  mayBeOfferedPasskey: boolean
}

/** A few fixed lengths, so that the server keeps a handful of prepared statements; the rest is filled with the last one. */
const lengths = [1, 2, 4, 8, 16, 32, 64]
const longest = 64

/** For the page that says how many there are: a subquery each costs less than a statement of its own. */
const counted = `,
    (select count(*) from gatelodge_sessions other where other.account_id = account.id and other.ended_at is null
      and other.created_at > ? and other.last_seen_at > case when other.remembered = 1 then ? else ? end) as devices,
    case when account.has_second_factor = 1 then (select count(*) from gatelodge_recovery_codes code
      where code.account_id = account.id and code.used_at is null) else 0 end as recovery_codes_left,
    case when account.passkey_offer_answered_at is not null then 0
      when exists (select 1 from gatelodge_passkeys passkey where passkey.account_id = account.id) then 0
      else 1 end as may_be_offered_passkey`

/** The table of passkeys is looked at for administrators without an app only. */
const administratorFactor = `case when account.has_app = 1 then 1
    when instr(concat(',', account.member_of, ','), ',${administratorsGroup},') = 0 then 0
    when exists (select 1 from gatelodge_passkeys passkey
      where passkey.account_id = account.id and passkey.user_verified = 1) then 1 else 0 end as has_administrator_factor`

function statementFor(length: number, more: string): string {
  const marks = Array.from({ length }, () => '?').join(', ')
  return `select session.token_hash, session.created_at, session.last_seen_at, session.remembered,
    session.id as session_id, session.reauthenticated_at, session.ended_by, session.methods,
    account.id, account.name, account.email, account.created_at as registered_at, account.disabled_at, account.recent,
    account.verified_at, account.pending_email, account.deletes_at, account.fields,
    account.password_version, account.password_changed_at, account.password_demanded_at, account.factor_version,
    account.has_second_factor, account.has_app, account.asks_passkey_since, account.passkey_offer_answered_at,
    account.member_of, ${administratorFactor}${more}
    from gatelodge_sessions session
    join gatelodge_accounts account on account.id = session.account_id
    where session.token_hash in (${marks})`
}

interface Asking {
  tokenHash: Buffer
  answer(found: FoundSession | undefined): void
  fail(error: unknown): void
}

type Reading = Pick<Database, 'read'> & Partial<Pick<Database, 'readElsewhere'>>

/** @param endings makes it count as well, as of that moment. */
export function createLookup(database: Reading, endings?: () => Endings) {
  const statements = new Map(lengths.map((length) => [length, statementFor(length, endings ? counted : '')]))
  let asking: Asking[] = []

  function ask() {
    const batch = asking
    asking = []
    for (let start = 0; start < batch.length; start += longest) void answer(batch.slice(start, start + longest))
  }

  async function answer(batch: Asking[]) {
    try {
      const length = lengths.find((one) => one >= batch.length) ?? longest
      const values = Array.from({ length }, (_, index) => (batch[index] ?? batch[batch.length - 1])?.tokenHash)
      const asked = [...before(endings?.()), ...values]
      const { rows, isWhole } = await readSomewhere(database, statements.get(length) as string, asked)
      const found = new Map(rows.map((row) => [(row.token_hash as Buffer).toString('latin1'), fromRow(row)]))
      for (const one of batch) {
        const session = found.get(one.tokenHash.toString('latin1'))
        if (session || isWhole) one.answer(session)
        else one.fail(new Unavailable('the session may be newer than what the secondary knows'))
      }
    } catch (error) {
      for (const one of batch) one.fail(error)
    }
  }

  return (tokenHash: Buffer): Promise<FoundSession | undefined> =>
    new Promise((resolve, reject) => {
      if (asking.push({ tokenHash, answer: resolve, fail: reject }) === 1) setImmediate(ask)
    })
}

/**
 * Where the writer is away, what a secondary has counts. What it lacks may exist all the same: a login of a moment ago. So
 * "not found" there is no answer, and logs nobody out.
 */
async function readSomewhere(database: Reading, text: string, values: readonly unknown[]) {
  try {
    return { rows: await database.read(text, values), isWhole: true }
  } catch (error) {
    const elsewhere = await database.readElsewhere?.(text, values)
    if (elsewhere) return elsewhere
    throw error
  }
}

/** In the order in which the statement asks for them. */
function before(endings: Endings | undefined): number[] {
  return endings ? [endings.startedBefore, endings.idleSinceRemembered, endings.idleSince] : []
}

function fromRow(row: ReadRow): FoundSession {
  const methods = readMethods(row.methods as string)
  return {
    tokenHash: row.token_hash as Buffer,
    createdAt: Number(row.created_at),
    lastSeenAt: Number(row.last_seen_at),
    remembered: row.remembered === 1,
    id: row.session_id as Buffer | null,
    reauthenticatedAt: Number(row.reauthenticated_at ?? 0),
    endedBy: row.ended_by as EndReason | null,
    methods,
    authenticatedAt: lastProofAt(methods),
    hasFactorOfAdministrator: Number(row.has_administrator_factor) === 1,
    account: {
      id: row.id as Buffer,
      name: row.name as string,
      email: row.email as string,
      createdAt: Number(row.registered_at),
      disabledAt: momentFrom(row.disabled_at),
      verifiedAt: momentFrom(row.verified_at),
      pendingEmail: row.pending_email as string | null,
      deletesAt: momentFrom(row.deletes_at),
      passwordVersion: row.password_version as number,
      factorVersion: row.factor_version as number,
      hasSecondFactor: row.has_second_factor === 1,
      hasApp: row.has_app === 1,
      asksPasskeySince: momentFrom(row.asks_passkey_since),
      passkeyOfferAnsweredAt: momentFrom(row.passkey_offer_answered_at),
      groups: readGroups(row.member_of as string),
      passwordChangedAt: momentFrom(row.password_changed_at),
      passwordDemandedAt: momentFrom(row.password_demanded_at),
      fields: readOwn(row.fields as string | null),
      recent: row.recent as string,
    },
    ...(row.devices !== undefined && { counts: countsIn(row) }),
  }
}

const countsIn = (row: ReadRow): Counts => ({
  devices: Number(row.devices),
  recoveryCodesLeft: Number(row.recovery_codes_left),
  mayBeOfferedPasskey: Number(row.may_be_offered_passkey) === 1,
})
