// The offer to make a passkey is answered. Knows no HTTP and no SQL.
import { holdWhileIn } from '../../identity/sessions/hold-while-in.ts'
import type { LoggedOut, Needs, SessionOwner } from './change.rules.ts'

/** Stored with the account: it is asked on no device again. Twice is the same as once. */
export async function declineOffer(needs: Needs, owner: SessionOwner): Promise<{ kind: 'declined' } | LoggedOut> {
  const { clock, database, accounts } = needs
  const now = clock.now()
  const outcome = await database.transact<{ kind: 'declined' } | LoggedOut>(
    async (trx) => {
      if (!(await holdWhileIn(needs, trx, owner))) return { kind: 'logged-out' }
      await accounts.answerPasskeyOffer(trx, owner.account.id, now)
      return { kind: 'declined' }
    },
    async () => undefined,
  )
  return outcome === 'duplicate' ? { kind: 'declined' } : outcome
}
