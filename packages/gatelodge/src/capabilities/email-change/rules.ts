// A new address for an account: asked for here, and in force once its owner has confirmed it there. Until then nothing
// changes, and both addresses get an email. Knows no HTTP and no SQL.
import type { Store } from '../../database/transaction.ts'
import type { Email } from '../../email/queue.ts'
import type { Account } from '../../identity/accounts/account.ts'
import { type Address, type AddressRefusal, addressRefusal, parseAddress } from '../../identity/accounts/address.ts'
import { addressKey } from '../../identity/accounts/address-key.ts'
import { otherAddressFor, recipientAt, recipientOf } from '../../identity/accounts/recipient.ts'
import { probablyMeant } from '../../identity/accounts/typo.ts'
import type { RateLimited } from '../../identity/attempts/rules.ts'
import type { RequestSource } from '../../identity/audit/request-source.ts'
import type { Services } from '../../services.ts'

export type RequestOutcome =
  | { kind: 'sent'; email: string }
  | { kind: 'refused'; problems: { field: 'new_email'; code: AddressRefusal | 'same' }[] }
  /** A slip of the finger, perhaps: sent again as it is, the address is taken. */
  | { kind: 'refused'; problems: { field: 'new_email'; code: 'typo'; meant: string }[] }
  | { kind: 'email-not-set-up' }
  /** The account was closed meanwhile. */
  | { kind: 'gone' }
  | RateLimited

type Needs = Pick<Services, 'database' | 'accounts' | 'attempts' | 'audit' | 'tokens' | 'emails'>

/**
 * The same answer and the same work whether or not the address has an account already: its owner gets an email. A link
 * that was sent earlier for another address becomes invalid.
 * @param typed `kept_email` is the address that its owner was asked about and sent again.
 */
export async function requestChange(
  needs: Needs,
  account: Account,
  { new_email: typed, kept_email: kept }: { new_email: string; kept_email: string },
  source: RequestSource,
): Promise<RequestOutcome> {
  if (needs.emails.mode === 'none') return { kind: 'email-not-set-up' }
  const address = parseAddress(typed)
  const problem = problemOf(typed, address, account)
  if (problem || !address) return { kind: 'refused', problems: [{ field: 'new_email', code: problem ?? 'form' }] }
  const meant = kept === typed ? undefined : probablyMeant(address)
  if (meant) return { kind: 'refused', problems: [{ field: 'new_email', code: 'typo', meant }] }
  const tries = needs.emails.tries('change-email', address, source.clientAddress)
  const rateLimited = await needs.attempts.rateLimited(tries)
  if (rateLimited) return rateLimited

  const { database, accounts, attempts, audit, tokens, emails } = needs
  const isTaken = await accounts.isTaken(database.db, address)
  const token = tokens.prepare('change-email')
  const link = { token: token.text, life: token.life }
  const message = emails.prepare(toNewAddress(account, address, isTaken ? undefined : link))
  const to = recipientOf(account)
  const about = { to, ...otherAddressFor(to, address.given), source }
  const notice = emails.prepare({ kind: 'email-change-requested', accountId: account.id, ...about })
  const record = audit.record('email.change-requested', source, { account: account.id })
  const sent: RequestOutcome = { kind: 'sent', email: address.given }
  const work = async (trx: Store): Promise<RequestOutcome> => {
    if (!(await accounts.hold(trx, database.dialect, account.id))) return { kind: 'gone' }
    await attempts.count(trx, tries)
    await accounts.setPendingEmail(trx, account.id, address.given)
    await tokens.issue(trx, token, { accountId: account.id, addressKey: addressKey(address) })
    await emails.write(trx, message)
    await emails.notify(trx, notice)
    await audit.write(trx, record)
    return sent
  }
  const landed = async (db: Store) => ((await audit.isWritten(db, record)) ? sent : undefined)
  const outcome = await attempts.within(tries, work, landed)
  return outcome === 'duplicate' ? sent : outcome
}

function problemOf(typed: string, address: Address | undefined, account: Account) {
  if (!address) return addressRefusal(typed)
  return address.normalised === parseAddress(account.email)?.normalised ? 'same' : undefined
}

/** It speaks of nothing that the person there does not know: neither the name nor the address of anyone who asks. */
function toNewAddress(account: Account, address: Address, link: Email['link']): Email {
  const to = recipientAt(address.given)
  return { kind: link ? 'confirm-email' : 'email-taken', accountId: account.id, to, link }
}

/** @returns whether there was something to cancel. */
export async function cancelChange(needs: Needs, account: Account, source: RequestSource): Promise<boolean> {
  const { database, accounts, audit, tokens } = needs
  const record = audit.record('email.change-cancelled', source, { account: account.id })
  const outcome = await database.transact(
    async (trx) => {
      const held = await accounts.hold(trx, database.dialect, account.id)
      if (!held || held.pendingEmail === null) return false
      await accounts.setPendingEmail(trx, account.id, null)
      await tokens.void(trx, account.id, ['change-email'])
      await audit.write(trx, record)
      return true
    },
    async (db) => ((await audit.isWritten(db, record)) ? true : undefined),
  )
  return outcome === true
}
