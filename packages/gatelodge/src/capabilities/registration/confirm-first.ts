// Registration where nothing is told to whoever asks: one answer and one amount of work, whether or not the address has an
// account. A letter tells the rest to whoever reads it there. Knows no HTTP and no SQL.
import type { Store } from '../../database/transaction.ts'
import type { Address } from '../../identity/accounts/address.ts'
import type { OwnValues } from '../../identity/accounts/own-fields.ts'
import { readerAt, readerOf } from '../../identity/accounts/reader.ts'
import { type Account, hasLeft } from '../../identity/accounts/storage.ts'
import type { Tries } from '../../identity/attempts/rules.ts'
import type { Asker } from '../../identity/audit/asker.ts'
import { newId } from '../../identity/ids.ts'
import { digest, newToken } from '../../identity/sealing.ts'
import type { Letter } from '../../mail/letters.ts'
import type { Services } from '../../services.ts'
import { registrations } from './storage.ts'

type Needs = Pick<Services, 'settings' | 'clock' | 'database' | 'accounts' | 'attempts' | 'audit' | 'letters'>

export interface Newcomer {
  name: string
  address: Address
  hash: string
  fields: OwnValues
  tries: Tries
  asker: Asker
}

/** The id is the one that the account would have; where there is one already, nobody will ever have it. */
export interface Asked {
  kind: 'asked'
  accountId: Buffer
  email: string
}

/** @returns held-back where the client has asked for too many accounts. */
export async function askByLetter(needs: Needs, newcomer: Newcomer) {
  const { settings, clock, database, accounts, attempts, audit, letters } = needs
  const { name, address, hash, fields, tries, asker } = newcomer
  const accountId = newId()
  const token = newToken()
  const found = await accounts.findByAddress(database.db, address)
  const known = found && !hasLeft(found) ? found : undefined
  const life = settings.verifyLinkLife
  const letter = letters.prepare(known ? alreadyRegistered(known) : startAccount(address, { token, life }))
  const expiresAt = known ? 0 : clock.now() + life
  const waiting = { tokenHash: digest(token), accountId, name, email: address.given, hash, fields, expiresAt }
  const record = audit.record('registration.requested', asker, { typedAddress: address.given })
  const letterTries = attempts.ofLetter('registration', address, asker.clientAddress)
  const asked: Asked = { kind: 'asked', accountId, email: address.given }
  const work = async (trx: Store): Promise<Asked> => {
    const held = await accounts.hold(trx, database.dialect, known?.id ?? accountId)
    const hasRoom = await attempts.countIfRoom(trx, letterTries)
    await registrations.insert(trx, hasRoom ? waiting : { ...waiting, expiresAt: 0 }, address, clock.now())
    // The letter of an account that is going meanwhile must not stay behind it.
    if (hasRoom) await letters.write(trx, { ...letter, accountId: held?.id ?? null })
    else await letters.writeUnsent(trx, { ...letter, accountId: null })
    await audit.write(trx, record)
    await attempts.count(trx, tries)
    return asked
  }
  const landed = async (db: Store) => ((await audit.isWritten(db, record)) ? asked : undefined)
  return attempts.within(tries, work, landed)
}

/** Whatever name was typed stays out of it: a stranger would write to somebody else in our name. */
function startAccount(address: Address, link: NonNullable<Letter['link']>): Letter {
  return { kind: 'start-account', accountId: null, to: readerAt(address.given), link }
}

function alreadyRegistered(account: Account): Letter {
  return { kind: 'already-registered', accountId: account.id, to: readerOf(account) }
}
