// The one statement that stores a session.
import { sql } from 'kysely'
import type { Dialect } from '../../database/dialect.ts'
import type { Store } from '../../database/transaction.ts'
import type { DeviceDescription } from '../../text/device-name.ts'
import { isEnoughForAdministrator } from '../accounts/demands.ts'
import { writeDevice } from '../audit/request-source.ts'
import { administratorsGroup } from '../groups/names.ts'
import { lastProofAt, type Methods, writeMethods } from '../logins/methods.ts'

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

/** The hash of no token. */
const noToken = Buffer.alloc(32)

/**
 * One conditional write: a row appears only while everything that is stored allows it. Whatever a step asks for stands here
 * once more, so that what changes between the question and the answer changes the answer.
 * The lock makes a change of any of it wait for our COMMIT, and then end this session too.
 */
export async function insertIfProved(
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
}
