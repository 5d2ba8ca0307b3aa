// The first password of an account that has only passkeys. Nothing is typed that it has: the proof is the fresh one of the
// session. Knows no HTTP and no SQL.
import type { Store } from '../../database/transaction.ts'
import { recipientOf } from '../../identity/accounts/recipient.ts'
import type { Services } from '../../services.ts'
import type { Renewal } from '../../web/session/renew-session.ts'
import type { ChangePassword } from './form.ts'
import type { changePassword, PasswordChangeOutcome } from './rules.ts'

type Needs = Parameters<typeof changePassword>[0] & Pick<Services, 'accounts'>
type Owner = Parameters<typeof changePassword>[1]

/**
 * All other sessions end; the present one goes on with a new token. Of several at once, one wins.
 * @param renewal without a new proof. @throws {Busy} where too many passwords are being hashed.
 * @throws {Unavailable} where the database is away.
 */
export async function setFirstPassword(
  needs: Needs,
  owner: Owner,
  { new_password }: Pick<ChangePassword, 'new_password'>,
  renewal: Renewal,
): Promise<PasswordChangeOutcome> {
  const { database, passwordPolicy, hashing, sessionRows } = needs
  const weakness = await passwordPolicy.judge(new_password, owner.account)
  if (weakness) return { kind: 'refused', problems: [{ field: 'new_password', code: weakness }] }
  const hash = await hashing.hash(new_password, owner.source.clientAddress)
  const landed = async (db: Store) =>
    (await sessionRows.exists(db, renewal.session.tokenHash)) ? { kind: 'changed' as const } : undefined
  try {
    const outcome = await database.transact(storing(needs, owner, hash, renewal), landed)
    return outcome === 'duplicate' ? { kind: 'logged-out' } : outcome
  } catch (error) {
    if (!(error instanceof NoLongerAllowed)) throw error
    return (await landed(database.db)) ?? { kind: 'logged-out' }
  }
}

/** Made before the first try, so that a retry repeats it. */
function storing(needs: Needs, owner: Owner, hash: string, renewal: Renewal) {
  const { clock, database, accounts, passwords, sessions, audit, tokens, emails } = needs
  const { id, passwordVersion } = owner.account
  const record = audit.record('password.added', owner.source, { account: id })
  const to = recipientOf(owner.account)
  const message = emails.prepare({ kind: 'password-added', accountId: id, to, source: owner.source })
  return async (trx: Store): Promise<{ kind: 'changed' }> => {
    await accounts.hold(trx, database.dialect, id)
    // Another has set one meanwhile, and that ended this session as well.
    if ((await passwords.findByAccount(trx, id))?.hash != null) throw new NoLongerAllowed()
    await passwords.replace(trx, id, hash, clock.now())
    await audit.write(trx, record)
    if (!(await sessions.end(trx, owner.tokenHash))) throw new NoLongerAllowed()
    await sessions.endOthers(trx, id, undefined, 'password-changed')
    await tokens.void(trx, id, ['reset-password'])
    if (!(await renewal.start(trx, passwordVersion + 1))) throw new NoLongerAllowed()
    await emails.notify(trx, message)
    return { kind: 'changed' }
  }
}

/** Thrown, so that the new password goes too. */
class NoLongerAllowed extends Error {}
