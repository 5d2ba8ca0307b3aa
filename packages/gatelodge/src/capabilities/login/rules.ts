// Whether an email address and a password belong together. Knows no HTTP and no SQL.
import type { Store } from '../../database/transaction.ts'
import { readerOf } from '../../identity/accounts/reader.ts'
import type { HeldBack, Tries } from '../../identity/attempts/rules.ts'
import type { Asker } from '../../identity/audit/asker.ts'
import type { Verdict } from '../../identity/passwords/hashing.ts'
import type { Credential } from '../../identity/passwords/storage.ts'
import type { NewSession } from '../../identity/sessions/storage.ts'
import type { Services } from '../../services.ts'
import type { Login } from './form.ts'

export interface Problem {
  field: 'email' | 'password'
  code: 'empty'
}

export type Reason = 'unknown' | 'wrong' | 'disabled' | 'changed-meanwhile'

export type Outcome =
  | { kind: 'logged-in'; accountId: Buffer }
  /** All was right, and something must be passed before a session starts. */
  | { kind: 'stopped'; accountId: Buffer }
  | { kind: 'incomplete'; problems: Problem[] }
  /** People read one sentence for all of these; the reason is for the record and the log. */
  | { kind: 'refused'; reason: Reason; accountId?: Buffer }
  | HeldBack

type Needs = Pick<Services, 'database' | 'passwords' | 'hashing' | 'sessionRows' | 'attempts' | 'audit' | 'letters'>

interface Entry {
  session: NewSession
  device: {
    id: string
    isKnownTo(account: Buffer, passwordVersion: number): boolean
    wasUsedFor(account: Buffer, passwordVersion: number): boolean
  }
  isStopped(account: Credential): boolean
  start(store: Store, proved: Credential): Promise<boolean>
}

const nobody = Buffer.alloc(16)

/**
 * Two SELECTs, one argon2id verification and one transaction, whatever the address and the password are (ASVS V6.3.8).
 * @throws {Busy} where too many passwords are being hashed. @throws {Unavailable} where the database is away.
 */
export async function logIn(needs: Needs, typed: Login, entry: Entry, asker: Asker): Promise<Outcome> {
  const { database, passwords, hashing, attempts } = needs
  const { email, password } = typed
  const problems: Problem[] = []
  if (email.trim() === '') problems.push({ field: 'email', code: 'empty' })
  if (password === '') problems.push({ field: 'password', code: 'empty' })
  if (problems.length > 0) return { kind: 'incomplete', problems }

  const credential = await passwords.findByAddress(database.db, email)
  const isKnownDevice = entry.device.isKnownTo(credential?.accountId ?? nobody, credential?.version ?? 0)
  const tries = attempts.ofLogin(email, asker.clientAddress, isKnownDevice ? entry.device.id : undefined)
  const heldBack = await attempts.heldBack(tries)
  if (heldBack) return heldBack

  const verdict = await hashing.verify(password, credential?.hash, asker.clientAddress)
  const attempt = { email, credential, isKnownDevice, tries, entry, asker }
  const reason = reasonToRefuse(credential, verdict)
  if (reason || !credential) return refuse(needs, attempt, reason ?? 'unknown')
  const started = await start(needs, attempt, credential)
  if (typeof started === 'object') return started
  if (!started) return refuse(needs, attempt, 'changed-meanwhile')
  if (entry.isStopped(credential)) return { kind: 'stopped', accountId: credential.accountId }
  if (verdict === 'ok-and-rehash') await renewHash(needs, attempt, credential, password)
  return { kind: 'logged-in', accountId: credential.accountId }
}

interface Attempt {
  email: string
  credential: Credential | undefined
  isKnownDevice: boolean
  tries: Tries
  entry: Entry
  asker: Asker
}

function reasonToRefuse(credential: Credential | undefined, verdict: Verdict): Reason | undefined {
  if (!credential) return 'unknown'
  if (verdict === 'no') return 'wrong'
  return credential.isDisabled ? 'disabled' : undefined
}

/** Answered only where there was room for one more try: of many at once, the others learn nothing. */
async function refuse(needs: Needs, { email, credential, tries, asker }: Attempt, reason: Reason): Promise<Outcome> {
  const account = credential?.accountId
  const record = needs.audit.record('login.failed', asker, { account, typedAddress: email, reason })
  const heldBack = await needs.attempts.fail(tries, record)
  return heldBack ?? { kind: 'refused', reason, ...(account && { accountId: account }) }
}

/** The session, its record, and an end to what was counted for this device: all or nothing. */
async function start(
  { sessionRows, attempts, audit, letters }: Needs,
  { tries, entry, isKnownDevice, asker }: Attempt,
  credential: Credential,
): Promise<boolean | HeldBack> {
  const { accountId, version } = credential
  const isStopped = entry.isStopped(credential)
  const record = audit.record(isStopped ? 'login.unfinished' : 'login.succeeded', asker, { account: accountId })
  const isNewDevice = !entry.device.wasUsedFor(accountId, version)
  const to = readerOf(credential)
  const letter = letters.prepare({ kind: 'new-device', accountId, to, asker })
  const work = async (trx: Store) => {
    const isCounted = await attempts.admit(trx, tries)
    if (isKnownDevice && isCounted) await attempts.forget(trx, tries)
    await audit.write(trx, record)
    if (isStopped) return true
    if (!(await entry.start(trx, credential))) throw new ChangedMeanwhile()
    if (isNewDevice) await letters.notify(trx, letter)
    return true
  }
  const { tokenHash } = entry.session
  // Where there is a gate no session tells that it was us.
  const landed = async (db: Store) =>
    (await (isStopped ? audit.isWritten(db, record) : sessionRows.exists(db, tokenHash))) || undefined
  try {
    const outcome = await attempts.within(tries, work, landed)
    return outcome === 'duplicate' ? false : outcome
  } catch (error) {
    if (error instanceof ChangedMeanwhile) return false
    throw error
  }
}

/** Thrown, so that the record of the log-in goes too. */
class ChangedMeanwhile extends Error {}

/** This is the moment at which the password is known. The log-in has succeeded already, so a failure here is no failure. */
async function renewHash(
  { database, passwords, hashing }: Needs,
  { asker }: Attempt,
  old: Credential,
  password: string,
): Promise<void> {
  try {
    await passwords.renewHash(database.db, old, await hashing.hash(password, asker.clientAddress))
  } catch {}
}
