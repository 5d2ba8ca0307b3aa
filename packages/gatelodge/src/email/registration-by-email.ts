// Registration that reveals no accounts, with an invitation or without: one answer and one amount of work, whether or not the
// address has an account. Only the email to that address says which it is. Knows no HTTP and no SQL.
import type { Settings } from '../config/schema.ts'
import type { Database } from '../database/connect.ts'
import type { Store } from '../database/transaction.ts'
import { type Account, hasLeft } from '../identity/accounts/account.ts'
import { type Address, parseAddress } from '../identity/accounts/address.ts'
import { addressKey } from '../identity/accounts/address-key.ts'
import type { CustomValues } from '../identity/accounts/custom-fields.ts'
import { recipientAt, recipientOf } from '../identity/accounts/recipient.ts'
import type { accounts as accountRows } from '../identity/accounts/storage.ts'
import type { Attempts, Tries } from '../identity/attempts/rules.ts'
import type { RequestSource } from '../identity/audit/request-source.ts'
import type { Audit } from '../identity/audit/rules.ts'
import { newId } from '../identity/ids.ts'
import { registrations } from '../identity/registrations/storage.ts'
import { digest, newToken } from '../identity/sealing.ts'
import type { Clock } from '../time.ts'
import type { Email, Emails } from './queue.ts'

interface Needs {
  settings: Pick<Settings, 'verifyLinkLife'>
  clock: Clock
  database: Database
  accounts: typeof accountRows
  attempts: Attempts
  audit: Audit
  emails: Emails
}

export interface WaitingNewcomer {
  name: string
  address: Address
  /** Null: no password was chosen. */
  hash: string | null
  fields: CustomValues
  /** By which they came here: it goes along, and its use is counted when the account starts. */
  invitationId?: Buffer
  tries: Tries
  source: RequestSource
}

/** The id is the one that the account would have; where there is one already, nobody will ever have it. */
export interface AskedByEmail {
  kind: 'asked'
  accountId: Buffer
  email: string
}

/** @returns rate-limited where the client has asked for too many accounts. */
export async function askByEmail(needs: Needs, newcomer: WaitingNewcomer) {
  const { settings, clock, database, accounts, attempts, audit, emails } = needs
  const { name, address, hash, fields, invitationId = null, tries, source } = newcomer
  const accountId = newId()
  const token = newToken()
  const found = await accounts.findByAddress(database.db, address)
  const known = found && !hasLeft(found) ? found : undefined
  const life = settings.verifyLinkLife
  const isInvited = invitationId !== null
  const message = emails.prepare(known ? alreadyRegistered(known, isInvited) : startAccount(address, { token, life }))
  const expiresAt = known ? 0 : clock.now() + life
  const waiting = {
    ...{ tokenHash: digest(token), accountId, name, email: address.given },
    ...{ hash, fields, invitationId, expiresAt },
  }
  const record = audit.record('registration.requested', source, { typedAddress: address.given })
  const emailTries = emails.tries('registration', address, source.clientAddress)
  const asked: AskedByEmail = { kind: 'asked', accountId, email: address.given }
  const work = async (trx: Store): Promise<AskedByEmail> => {
    const held = await accounts.hold(trx, database.dialect, known?.id ?? accountId)
    const hasRoom = await attempts.countIfRoom(trx, emailTries)
    await registrations.insert(trx, hasRoom ? waiting : { ...waiting, expiresAt: 0 }, addressKey(address), clock.now())
    // The email of an account that is going meanwhile must not stay behind it.
    if (hasRoom) await emails.write(trx, { ...message, accountId: held?.id ?? null })
    else await emails.writeUnsent(trx, { ...message, accountId: null })
    await audit.write(trx, record)
    await attempts.count(trx, tries)
    return asked
  }
  const landed = async (db: Store) => ((await audit.isWritten(db, record)) ? asked : undefined)
  return attempts.within(tries, work, landed)
}

/**
 * The email once more, with a new link; the one before becomes invalid. As much work where the address has an account.
 * @param newcomer what this browser asked for before.
 */
export async function sendAgain(
  needs: Needs,
  { accountId, email, isInvited = false }: Omit<AskedByEmail, 'kind'> & { isInvited?: boolean | undefined },
  source: RequestSource,
): Promise<AskedByEmail> {
  const { settings, clock, database, accounts, attempts, audit, emails } = needs
  const address = parseAddress(email)
  if (!address) throw new Error('an address that was taken is none any more')
  const token = newToken()
  const found = await accounts.findByAddress(database.db, address)
  const known = found && !hasLeft(found) ? found : undefined
  const life = settings.verifyLinkLife
  const message = emails.prepare(known ? alreadyRegistered(known, isInvited) : startAccount(address, { token, life }))
  const record = audit.record('registration.requested', source, { typedAddress: address.given })
  const emailTries = emails.tries('registration', address, source.clientAddress)
  const newcomer = { accountId, emailKey: addressKey(address) }
  const asked: AskedByEmail = { kind: 'asked', accountId, email }
  const work = async (trx: Store): Promise<AskedByEmail> => {
    const held = await accounts.hold(trx, database.dialect, known?.id ?? accountId)
    // Beyond the limits nothing is recorded either: anyone could fill the table.
    if (!(await attempts.countIfRoom(trx, emailTries))) return asked
    const now = clock.now()
    const link = { tokenHash: digest(token), expiresAt: now + life }
    const isWaiting = await registrations.renewLink(trx, newcomer, link, now)
    if (held || isWaiting) await emails.write(trx, { ...message, accountId: held?.id ?? null })
    else await emails.writeUnsent(trx, { ...message, accountId: null })
    await audit.write(trx, record)
    return asked
  }
  await database.transact(work, async (db) => ((await audit.isWritten(db, record)) ? asked : undefined))
  return asked
}

/** Whatever name was typed stays out of it: a stranger would write to someone else in our name. */
function startAccount(address: Address, link: NonNullable<Email['link']>): Email {
  return { kind: 'start-account', accountId: null, to: recipientAt(address.given), link }
}

function alreadyRegistered(account: Account, isInvited: boolean): Email {
  const kind = isInvited ? 'invited-already-registered' : 'already-registered'
  return { kind, accountId: account.id, to: recipientOf(account) }
}
