// Where someone is logged in, and how that ends. Knows no HTTP and no SQL.
import { parse, stringify, validate } from 'uuid'
import type { Store } from '../../database/transaction.ts'
import type { Account } from '../../identity/accounts/account.ts'
import type { RequestSource } from '../../identity/audit/request-source.ts'
import { holdWhileIn } from '../../identity/sessions/hold-while-in.ts'
import { readUse, writeUse } from '../../identity/sessions/use-cursor.ts'
import type { Services } from '../../services.ts'
import type { DeviceDescription } from '../../text/device-name.ts'

export interface ListedDevice {
  /** Names it; it is no secret. */
  id: string
  device: DeviceDescription
  clientAddress: string
  since: number
  lastUsed: number
  isHere: boolean
}

export type DevicesOutcome =
  | { kind: 'ended' }
  | { kind: 'others-ended' }
  | { kind: 'untrusted' }
  | { kind: 'not-found' }
  /** The session from which it was asked has ended meanwhile. */
  | { kind: 'logged-out' }

export interface ListedTrust {
  /** Names it; it is no secret. */
  id: string
  device: DeviceDescription
  clientAddress: string
  since: number
  until: number
}

type Needs = Pick<Services, 'database' | 'accounts' | 'sessions' | 'sessionRows' | 'secondFactors' | 'audit' | 'hooks'>

interface Owner {
  account: { id: Buffer }
  tokenHash: Buffer
  source: RequestSource
}

export interface DevicesListed {
  devices: ListedDevice[]
  /** What the page before this one and the one behind it begin beside; undefined: there is none. */
  previous: string | undefined
  next: string | undefined
}

/** This one in front, then the one used last. @param beside what such a page gave; anything else counts as not given. */
export async function listDevices(
  { sessions }: Pick<Needs, 'sessions'>,
  { account, tokenHash }: Pick<Owner, 'tokenHash'> & { account: Pick<Account, 'id' | 'groups'> },
  { before = '', after = '' }: { before?: string | undefined; after?: string | undefined } = {},
): Promise<DevicesListed> {
  const owner = { account, here: tokenHash }
  const beside = { before: readUse(before), after: readUse(after) }
  const { rows, hasPrevious, hasNext } = await sessions.pageOf(owner, beside)
  const devices = rows.map((one) => ({
    id: one.id ? stringify(one.id) : '',
    device: one.device,
    clientAddress: one.clientAddress ?? '',
    since: one.createdAt,
    lastUsed: one.lastSeenAt,
    isHere: one.tokenHash.equals(tokenHash),
  }))
  const uses = rows.map(writeUse)
  return { devices, previous: hasPrevious ? uses[0] : undefined, next: hasNext ? uses.at(-1) : undefined }
}

/** Where the second factor is not asked; the newest in front. None, and no question, for an account without one. */
export async function listTrusted(
  { secondFactors }: Pick<Needs, 'secondFactors'>,
  account: Parameters<Needs['secondFactors']['trusted']['list']>[0] & { hasSecondFactor: boolean },
): Promise<ListedTrust[]> {
  if (!account.hasSecondFactor) return []
  const all = await secondFactors.trusted.list(account)
  return all.map(({ id, device, clientAddress, createdAt, expiresAt }) => ({
    ...{ id: stringify(id), device, clientAddress, since: createdAt, until: expiresAt },
  }))
}

/** From its next log-in on it is asked for a code. Only one of one's own (ASVS V8.2.2). */
export async function endTrust(needs: Needs, owner: Owner, id: string): Promise<DevicesOutcome> {
  const { database, secondFactors, audit } = needs
  const { account, source } = owner
  if (!validate(id)) return { kind: 'not-found' }
  const record = audit.record('trusted-device.removed', source, { account: account.id })
  const untrusted: DevicesOutcome = { kind: 'untrusted' }
  const outcome = await database.transact(
    async (trx: Store): Promise<DevicesOutcome> => {
      if (!(await holdWhileIn(needs, trx, owner))) return { kind: 'logged-out' }
      if (!(await secondFactors.trusted.removeOne(trx, account.id, Buffer.from(parse(id)))))
        return { kind: 'not-found' }
      await audit.write(trx, record)
      return untrusted
    },
    async (db) => ((await audit.isWritten(db, record)) ? untrusted : undefined),
  )
  return outcome === 'duplicate' ? untrusted : outcome
}

/** Only one of one's own: whatever else is sent is not found (ASVS V8.2.2). */
export async function endOne(needs: Needs, owner: Owner, id: string): Promise<DevicesOutcome> {
  const { database, sessions, audit } = needs
  const { account, source } = owner
  if (!validate(id)) return { kind: 'not-found' }
  const record = audit.record('session.ended', source, { account: account.id })
  const ended: DevicesOutcome = { kind: 'ended' }
  const outcome = await database.transact(
    async (trx: Store): Promise<DevicesOutcome> => {
      if (!(await holdWhileIn(needs, trx, owner))) return { kind: 'logged-out' }
      if (!(await sessions.endOne(trx, account.id, Buffer.from(parse(id))))) return { kind: 'not-found' }
      await audit.write(trx, record)
      return ended
    },
    async (db) => ((await audit.isWritten(db, record)) ? ended : undefined),
  )
  return runHook(needs, owner, outcome === 'duplicate' ? ended : outcome)
}

/** Of several at once, one ends the others and is recorded; those have ended by then. */
export async function endOthers(needs: Needs, owner: Owner): Promise<DevicesOutcome> {
  const { database, sessions, audit } = needs
  const { account, tokenHash, source } = owner
  const record = audit.record('sessions.ended', source, { account: account.id })
  const ended: DevicesOutcome = { kind: 'others-ended' }
  const outcome = await database.transact(
    async (trx: Store): Promise<DevicesOutcome> => {
      if (!(await holdWhileIn(needs, trx, owner))) return { kind: 'logged-out' }
      if (await sessions.endOthers(trx, account.id, tokenHash, 'elsewhere')) await audit.write(trx, record)
      return ended
    },
    async (db) => ((await audit.isWritten(db, record)) ? ended : undefined),
  )
  return runHook(needs, owner, outcome === 'duplicate' ? ended : outcome)
}

/** The hook of the app that embeds us. */
async function runHook({ hooks }: Needs, { account, source }: Owner, outcome: DevicesOutcome): Promise<DevicesOutcome> {
  const hasEnded = outcome.kind === 'ended' || outcome.kind === 'others-ended'
  if (hasEnded) await hooks.loggedOut(account.id, source, 'elsewhere')
  return outcome
}
