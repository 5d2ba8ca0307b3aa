// Whether emails reach the owner of an account at its address. Knows no HTTP and no SQL.
import type { Store } from '../../database/transaction.ts'
import type { Account } from '../../identity/accounts/account.ts'
import { parseAddress } from '../../identity/accounts/address.ts'
import { addressKey } from '../../identity/accounts/address-key.ts'
import { recipientAt } from '../../identity/accounts/recipient.ts'
import type { RateLimited } from '../../identity/attempts/rules.ts'
import type { RequestSource } from '../../identity/audit/request-source.ts'
import type { Services } from '../../services.ts'

export type SendOutcome = { kind: 'sent'; email: string } | { kind: 'already' } | { kind: 'gone' } | RateLimited

type Owner = Pick<Account, 'id' | 'email' | 'verifiedAt'>

type SendNeeds = Pick<Services, 'database' | 'accounts' | 'attempts' | 'audit' | 'tokens' | 'emails'>

/** Another email; the link in the one before becomes invalid. */
export async function sendAgain(needs: SendNeeds, account: Owner, source: RequestSource): Promise<SendOutcome> {
  const { database, accounts, attempts, tokens, emails } = needs
  if (account.verifiedAt !== null) return { kind: 'already' }
  const { address, tries } = emailTries(needs, account, source)
  const rateLimited = await attempts.rateLimited(tries)
  if (rateLimited) return rateLimited
  const token = tokens.prepare('verify-email')
  const to = recipientAt(account.email)
  const link = { token: token.text, life: token.life }
  const message = emails.prepare({ kind: 'verify-email', accountId: account.id, to, link })
  const work = async (trx: Store): Promise<SendOutcome> => {
    const held = await accounts.hold(trx, database.dialect, account.id)
    if (!held?.addressKey.equals(addressKey(address))) return { kind: 'gone' }
    if (held.verifiedAt !== null) return { kind: 'already' }
    await attempts.count(trx, tries)
    await tokens.issue(trx, token, { accountId: account.id, addressKey: held.addressKey })
    await emails.write(trx, message)
    return { kind: 'sent', email: account.email }
  }
  const sent: SendOutcome = { kind: 'sent', email: account.email }
  const landed = async (db: Store) => ((await emails.isWritten(db, message)) ? sent : undefined)
  const outcome = await attempts.within(tries, work, landed)
  return outcome === 'duplicate' ? sent : outcome
}

/** How long until the next email may be asked for; undefined: now. */
export async function pauseBefore(
  needs: SendNeeds,
  account: Owner,
  source: RequestSource,
): Promise<number | undefined> {
  return (await needs.attempts.rateLimited(emailTries(needs, account, source).tries))?.wait
}

function emailTries({ emails }: SendNeeds, { email }: Owner, { clientAddress }: RequestSource) {
  const address = parseAddress(email)
  if (!address) throw new Error('an address that was taken is none any more')
  return { address, tries: emails.tries('verify-email', address, clientAddress) }
}
