// A new address for an account: asked for here, and in force once its owner has confirmed it there. Until then nothing
// changes, and both addresses are told. Knows no HTTP and no SQL.
import type { Store } from '../../database/transaction.ts'
import { type Address, parseAddress } from '../../identity/accounts/address.ts'
import { addressKey } from '../../identity/accounts/address-key.ts'
import { otherAddressFor, readerAt, readerOf } from '../../identity/accounts/reader.ts'
import type { Account } from '../../identity/accounts/storage.ts'
import type { HeldBack } from '../../identity/attempts/rules.ts'
import type { Asker } from '../../identity/audit/asker.ts'
import type { Letter } from '../../mail/letters.ts'
import type { Services } from '../../services.ts'

export type RequestOutcome =
  | { kind: 'sent'; email: string }
  | { kind: 'refused'; problems: { field: 'new_email'; code: 'empty' | 'form' | 'same' }[] }
  | { kind: 'no-letters' }
  /** The account was closed meanwhile. */
  | { kind: 'gone' }
  | HeldBack

type Needs = Pick<Services, 'database' | 'accounts' | 'attempts' | 'audit' | 'tokens' | 'letters'>

/**
 * The same answer and the same work whether or not somebody has that address already: its owner is told by letter. A link
 * that was sent for another address before is worth nothing from then on.
 */
export async function requestChange(
  needs: Needs,
  account: Account,
  typed: string,
  asker: Asker,
): Promise<RequestOutcome> {
  if (needs.letters.mode === 'none') return { kind: 'no-letters' }
  const address = parseAddress(typed)
  const problem = problemOf(typed, address, account)
  if (problem || !address) return { kind: 'refused', problems: [{ field: 'new_email', code: problem ?? 'form' }] }
  const tries = needs.attempts.ofLetter('change-email', address, asker.clientAddress)
  const heldBack = await needs.attempts.heldBack(tries)
  if (heldBack) return heldBack

  const { database, accounts, attempts, audit, tokens, letters } = needs
  const isTaken = await accounts.isTaken(database.db, address)
  const token = tokens.prepare('change-email')
  const link = { token: token.text, life: token.life }
  const letter = letters.prepare(toNewAddress(account, address, isTaken ? undefined : link))
  const to = readerOf(account)
  const about = { to, ...otherAddressFor(to, address.given), asker }
  const notice = letters.prepare({ kind: 'email-change-requested', accountId: account.id, ...about })
  const record = audit.record('email.change-requested', asker, { account: account.id })
  const sent: RequestOutcome = { kind: 'sent', email: address.given }
  const work = async (trx: Store): Promise<RequestOutcome> => {
    if (!(await accounts.hold(trx, database.dialect, account.id))) return { kind: 'gone' }
    await attempts.count(trx, tries)
    await accounts.setPendingEmail(trx, account.id, address.given)
    await tokens.issue(trx, token, { accountId: account.id, addressKey: addressKey(address) })
    await letters.write(trx, letter)
    await letters.notify(trx, notice)
    await audit.write(trx, record)
    return sent
  }
  const landed = async (db: Store) => ((await audit.isWritten(db, record)) ? sent : undefined)
  const outcome = await attempts.within(tries, work, landed)
  return outcome === 'duplicate' ? sent : outcome
}

function problemOf(typed: string, address: Address | undefined, account: Account) {
  if (!address) return typed.trim() === '' ? 'empty' : 'form'
  return address.normalised === parseAddress(account.email)?.normalised ? 'same' : undefined
}

/** It speaks of nothing that the person there does not know: neither the name nor the address of whoever asks. */
function toNewAddress(account: Account, address: Address, link: Letter['link']): Letter {
  const to = readerAt(address.given)
  return { kind: link ? 'confirm-email' : 'email-taken', accountId: account.id, to, link }
}

/** @returns whether there was something to cancel. */
export async function cancelChange(needs: Needs, account: Account, asker: Asker): Promise<boolean> {
  const { database, accounts, audit, tokens } = needs
  const record = audit.record('email.change-cancelled', asker, { account: account.id })
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
