// The one-time link that makes an administrator: for the first one, and for when all are locked out. It comes from the start
// of the site or from a command, so that only those who may run it there get one. Knows no HTTP and no SQL.
import type { Store } from '../../database/transaction.ts'
import type { Account } from '../../identity/accounts/account.ts'
import { recipientOf } from '../../identity/accounts/recipient.ts'
import type { RequestSource } from '../../identity/audit/request-source.ts'
import type { Token } from '../../identity/tokens/storage.ts'
import { paths } from '../../paths.ts'
import type { Services } from '../../services.ts'
import type { Milliseconds } from '../../time.ts'
import { promote } from './administrators.rules.ts'

type Needs = Pick<Services, 'database' | 'tokens' | 'audit'>

/** It belongs to no account and to no address yet. */
const nobody = { accountId: Buffer.alloc(16), addressKey: Buffer.alloc(32) }

/** Earlier links no longer work. @returns its address, which is stored nowhere. */
export async function makeAdministratorLink(
  { database, tokens, audit, settings }: Needs & Pick<Services, 'settings'>,
  source: RequestSource,
): Promise<{ address: string; life: Milliseconds }> {
  const token = tokens.prepare('become-administrator')
  const record = audit.record('administrator.link-made', source, { actor: 'command' })
  await database.transact(
    async (trx) => {
      await tokens.issue(trx, token, nobody)
      await audit.write(trx, record)
      return true
    },
    async (db) => (await audit.isWritten(db, record)) || undefined,
  )
  const { baseUrl, basePath } = settings
  return { address: `${baseUrl}${basePath}${paths.becomeAdministrator}/${token.text}`, life: token.life }
}

/** @returns undefined for a link that does not work any more. Changes nothing. */
export async function findAdministratorLink(
  { tokens }: Pick<Needs, 'tokens'>,
  text: string,
): Promise<Token | undefined> {
  const token = await tokens.find(text, 'become-administrator')
  return token && tokens.isGood(token) ? token : undefined
}

export type BecomeOutcome =
  /** All sessions are over, this one too: the next login asks for what administrators need. */
  | { kind: 'promoted' }
  /** Already: the link is left for someone else. */
  | { kind: 'administrator' }
  | { kind: 'too-many-groups' }
  | { kind: 'invalid-link' }
  | { kind: 'logged-out' }

interface Owner {
  account: Account
  tokenHash: Buffer
  source: RequestSource
}

type BecomeNeeds = Needs &
  Pick<
    Services,
    'clock' | 'accounts' | 'groups' | 'sessions' | 'sessionRows' | 'loginsUnderWay' | 'secondFactors' | 'emails'
  >

/** The link is used once: of many at once, one wins. Where no emails are sent, it also confirms the address. */
export async function becomeAdministrator(
  needs: BecomeNeeds,
  text: string,
  { account, tokenHash, source }: Owner,
): Promise<BecomeOutcome> {
  const { clock, database, accounts, sessionRows, tokens, audit, emails } = needs
  const token = await findAdministratorLink(needs, text)
  if (!token) return { kind: 'invalid-link' }
  const attempt = tokens.attempt()
  const record = audit.record('administrator.added', source, { account: account.id, reason: 'link' })
  // Where no email can show it, the word of who runs the site counts.
  const verified = audit.record('email.verified', source, { account: account.id, reason: 'administrator-link' })
  const to = recipientOf(account)
  const message = emails.prepare({ kind: 'administrator-added', accountId: account.id, to, source })
  const promoted: BecomeOutcome = { kind: 'promoted' }
  const work = async (trx: Store): Promise<BecomeOutcome> => {
    const held = await accounts.hold(trx, database.dialect, account.id)
    if (!held || !(await sessionRows.exists(trx, tokenHash))) return { kind: 'logged-out' }
    const outcome = await promote(needs, trx, account.id)
    if (outcome !== 'promoted') return { kind: outcome }
    if (!(await tokens.use(trx, token, attempt))) throw new UsedMeanwhile()
    if (emails.mode !== 'smtp' && held.verifiedAt === null) {
      await accounts.setVerified(trx, account.id, clock.now())
      await audit.write(trx, verified)
    }
    await audit.write(trx, record)
    await emails.notify(trx, message)
    return promoted
  }
  try {
    const outcome = await database.transact(work, async (db) =>
      (await tokens.wasUsedBy(db, token, attempt)) ? promoted : undefined,
    )
    return outcome === 'duplicate' ? { kind: 'administrator' } : outcome
  } catch (error) {
    if (!(error instanceof UsedMeanwhile)) throw error
    return { kind: 'invalid-link' }
  }
}

/** Someone else used it first: thrown, so that nobody becomes an administrator by this try. */
class UsedMeanwhile extends Error {}
