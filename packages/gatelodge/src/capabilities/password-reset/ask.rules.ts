// A forgotten password: someone asks for a link. One answer and one amount of work for every address (ASVS V6.3.8): where
// nobody has it, the same rows are written, and no email is sent. Knows no HTTP and no SQL.
import type { Store } from '../../database/transaction.ts'
import { type AddressRefusal, addressRefusal, parseAddress } from '../../identity/accounts/address.ts'
import { addressKey } from '../../identity/accounts/address-key.ts'
import { recipientAt, recipientOf } from '../../identity/accounts/recipient.ts'
import type { RequestSource } from '../../identity/audit/request-source.ts'
import type { Services } from '../../services.ts'

export type AskOutcome =
  | { kind: 'asked'; email: string }
  | { kind: 'refused'; problems: { field: 'email'; code: AddressRefusal }[] }
  | { kind: 'email-not-set-up' }

type Needs = Pick<Services, 'database' | 'accounts' | 'attempts' | 'audit' | 'tokens' | 'emails'>

/** Beyond the limits the answer is the same, too. @throws {Unavailable} where the database is away. */
export async function askForReset(
  needs: Needs,
  { email }: { email: string },
  source: RequestSource,
): Promise<AskOutcome> {
  const { database, accounts, attempts, audit, tokens, emails } = needs
  if (emails.mode === 'none') return { kind: 'email-not-set-up' }
  const address = parseAddress(email)
  if (!address) return { kind: 'refused', problems: [{ field: 'email', code: addressRefusal(email) }] }

  const known = await accounts.findByAddress(database.db, address)
  const key = addressKey(address)
  // The same each time, so that what stands there from the time before is replaced as an account's is.
  const nobody = key.subarray(0, 16)
  const token = tokens.prepare('reset-password')
  const link = { token: token.text, life: token.life }
  const to = known ? recipientOf(known) : recipientAt(address.given)
  const message = emails.prepare({ kind: 'reset-password', accountId: known?.id ?? nobody, to, link })
  const record = audit.record('password-reset.requested', source, { account: known?.id, typedAddress: email })
  const tries = emails.tries('reset-password', address, source.clientAddress)
  const work = async (trx: Store) => {
    const held = await accounts.hold(trx, database.dialect, known?.id ?? nobody)
    // An address that the account has left meanwhile is one that nobody has.
    const isOwners = held?.addressKey.equals(key) ?? false
    // Nor is it recorded: anyone could fill the table, and bury what else was done to the account.
    if (!(await attempts.countIfRoom(trx, tries))) return 'asked' as const
    await tokens.issue(trx, token, { accountId: held && isOwners ? held.id : nobody, addressKey: key })
    if (isOwners) await emails.write(trx, message)
    else await emails.writeUnsent(trx, { ...message, accountId: nobody })
    await audit.write(trx, record)
    return 'asked' as const
  }
  await database.transact(work, async (db) => ((await audit.isWritten(db, record)) ? ('asked' as const) : undefined))
  return { kind: 'asked', email: address.given }
}
