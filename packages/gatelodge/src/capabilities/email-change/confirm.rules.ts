// The link that puts a new address in force. Knows no HTTP and no SQL.
import type { Store } from '../../database/transaction.ts'
import type { Account } from '../../identity/accounts/account.ts'
import { parseAddress } from '../../identity/accounts/address.ts'
import { addressKey } from '../../identity/accounts/address-key.ts'
import { otherAddressFor, recipientOf } from '../../identity/accounts/recipient.ts'
import type { RequestSource } from '../../identity/audit/request-source.ts'
import type { Token } from '../../identity/tokens/storage.ts'
import type { Services } from '../../services.ts'

export type EmailChangeLink =
  | { kind: 'good'; account: Account; token: Token; email: string }
  /** In force already. */
  | { kind: 'done'; email: string }
  | { kind: 'invalid-link' }

export type ConfirmChangeOutcome =
  | { kind: 'changed'; email: string; accountId: Buffer }
  | Exclude<EmailChangeLink, { kind: 'good' }>
  /** Someone has it by now. */
  | { kind: 'taken' }
  /** Anyone who reads that mailbox is not enough: a slip of the finger must not give the account away. */
  | { kind: 'not-logged-in' }

type Needs = Pick<
  Services,
  'clock' | 'database' | 'accounts' | 'secondFactors' | 'sessions' | 'sessionRows' | 'audit' | 'tokens' | 'emails'
>

/** The session in which the link was opened. */
interface Session {
  tokenHash: Buffer
  account: { id: Buffer }
}

/** What a link is worth. Changes nothing. */
export async function lookAtLink({ database, accounts, tokens }: Needs, text: string): Promise<EmailChangeLink> {
  const token = await tokens.find(text, 'change-email')
  const account = token && (await accounts.findById(database.db, token.accountId))
  if (!token || !account || account.disabledAt !== null || account.deletesAt !== null) return { kind: 'invalid-link' }
  // Whether or not the token was read as used: someone may have used it between the two reads.
  if (addressKey(account.email).equals(token.addressKey)) return { kind: 'done', email: account.email }
  // Another change was asked for meanwhile, or this one was cancelled.
  const { pendingEmail } = account
  if (!tokens.isGood(token) || pendingEmail === null || !addressKey(pendingEmail).equals(token.addressKey))
    return { kind: 'invalid-link' }
  return { kind: 'good', account, token, email: pendingEmail }
}

/** Confirms the very address that this token was mailed to. All other sessions and all other links end. */
export async function confirmChange(
  needs: Needs,
  text: string,
  session: Session | null,
  source: RequestSource,
): Promise<ConfirmChangeOutcome> {
  const link = await lookAtLink(needs, text)
  if (link.kind !== 'good') return link
  const { account, token } = link
  if (!session?.account.id.equals(account.id)) return { kind: 'not-logged-in' }
  const outcome = await store(needs, { account, token, session, source })
  if (outcome === 'duplicate') return { kind: 'taken' }
  if (outcome.kind !== 'invalid-link') return outcome
  // Of several at once, the others find it done.
  const now = await lookAtLink(needs, text)
  return now.kind === 'good' ? { kind: 'invalid-link' } : now
}

interface Change {
  account: Account
  token: Token
  session: Session
  source: RequestSource
}

async function store(
  needs: Needs,
  { account, token, session, source }: Change,
): Promise<ConfirmChangeOutcome | 'duplicate'> {
  const { clock, database, accounts, secondFactors, sessions, sessionRows, audit, tokens, emails } = needs
  const attempt = tokens.attempt()
  const record = audit.record('email.changed', source, { account: account.id })
  const removal = audit.record('two-factor.removed', source, { account: account.id, reason: 'address-verified' })
  const email = account.pendingEmail ?? ''
  // An address that nobody has confirmed is perhaps a stranger's, who gets no way into this account.
  const wayBack = account.verifiedAt === null ? undefined : tokens.prepare('undo-email-change')
  const to = recipientOf(account)
  const notice = emails.prepare({
    kind: 'email-changed',
    accountId: account.id,
    to,
    ...otherAddressFor(to, email),
    link: wayBack && { token: wayBack.text, life: wayBack.life },
    source,
  })
  const changed: ConfirmChangeOutcome = { kind: 'changed', email, accountId: account.id }
  return database.transact(
    async (trx): Promise<ConfirmChangeOutcome> => {
      const held = await accounts.hold(trx, database.dialect, account.id)
      const address = parseAddress(held?.pendingEmail ?? '')
      // Judged on the locked row: of two changes at once, each token works for its own address only.
      if (!held || !address || !addressKey(address).equals(token.addressKey)) return { kind: 'invalid-link' }
      // Ended since it was looked up: anyone who changed the password has thrown this browser out.
      if (!(await sessionRows.exists(trx, session.tokenHash))) return { kind: 'not-logged-in' }
      if (!(await tokens.use(trx, token, attempt))) return { kind: 'invalid-link' }
      await accounts.setAddress(trx, account.id, address, clock.now())
      // The first address that anyone has confirmed: a factor from before counts no more than the words from before.
      if (held.verifiedAt === null && (await secondFactors.removeUnconfirmed(trx, held)))
        await audit.write(trx, removal)
      await tokens.void(trx, account.id)
      if (wayBack) await tokens.issue(trx, wayBack, { accountId: account.id, addressKey: held.addressKey })
      await sessions.endOthers(trx, account.id, session.tokenHash, 'address-changed')
      await audit.write(trx, record)
      await emails.notify(trx, notice)
      return changed
    },
    async (db: Store) => ((await tokens.wasUsedBy(db, token, attempt)) ? changed : undefined),
  )
}
