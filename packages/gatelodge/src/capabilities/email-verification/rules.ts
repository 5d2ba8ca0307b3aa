// Whether letters reach the owner of an account at its address. Knows no HTTP and no SQL.
import type { Store } from '../../database/transaction.ts'
import { parseAddress } from '../../identity/accounts/address.ts'
import { addressKey } from '../../identity/accounts/address-key.ts'
import { readerAt } from '../../identity/accounts/reader.ts'
import type { Account } from '../../identity/accounts/storage.ts'
import type { HeldBack } from '../../identity/attempts/rules.ts'
import type { Asker } from '../../identity/audit/asker.ts'
import type { Services } from '../../services.ts'

export type SendOutcome = { kind: 'sent'; email: string } | { kind: 'already' } | { kind: 'gone' } | HeldBack

type Owner = Pick<Account, 'id' | 'email' | 'verifiedAt'>

type SendNeeds = Pick<Services, 'database' | 'accounts' | 'attempts' | 'audit' | 'tokens' | 'letters'>

/** A further letter; the link in the one before is worth nothing from then on. */
export async function sendAgain(needs: SendNeeds, account: Owner, asker: Asker): Promise<SendOutcome> {
  const { database, accounts, attempts, tokens, letters } = needs
  if (account.verifiedAt !== null) return { kind: 'already' }
  const { address, tries } = letterTries(needs, account, asker)
  const heldBack = await attempts.heldBack(tries)
  if (heldBack) return heldBack
  const token = tokens.prepare('verify-email')
  const to = readerAt(account.email)
  const link = { token: token.text, life: token.life }
  const letter = letters.prepare({ kind: 'verify-email', accountId: account.id, to, link })
  const work = async (trx: Store): Promise<SendOutcome> => {
    const held = await accounts.hold(trx, database.dialect, account.id)
    if (!held?.addressKey.equals(addressKey(address))) return { kind: 'gone' }
    if (held.verifiedAt !== null) return { kind: 'already' }
    await attempts.count(trx, tries)
    await tokens.issue(trx, token, { accountId: account.id, addressKey: held.addressKey })
    await letters.write(trx, letter)
    return { kind: 'sent', email: account.email }
  }
  const sent: SendOutcome = { kind: 'sent', email: account.email }
  const landed = async (db: Store) => ((await letters.isWritten(db, letter)) ? sent : undefined)
  const outcome = await attempts.within(tries, work, landed)
  return outcome === 'duplicate' ? sent : outcome
}

/** How long until the next letter may be asked for; undefined: now. */
export async function pauseBefore(needs: SendNeeds, account: Owner, asker: Asker): Promise<number | undefined> {
  return (await needs.attempts.heldBack(letterTries(needs, account, asker).tries))?.wait
}

function letterTries({ attempts }: SendNeeds, { email }: Owner, { clientAddress }: Asker) {
  const address = parseAddress(email)
  if (!address) throw new Error('an address that was taken is none any more')
  return { address, tries: attempts.ofLetter('verify-email', address, clientAddress) }
}
