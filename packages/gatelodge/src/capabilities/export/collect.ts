// Everything that is stored about a person, as data that they can take along. No secrets: no hash, no token, no key.
import { stringify } from 'uuid'
import type { Account } from '../../identity/accounts/storage.ts'
import type { Services } from '../../services.ts'
import type { LetterKind } from '../../text/en-letters.ts'

type Needs = Pick<Services, 'clock' | 'database' | 'sessions' | 'audit' | 'letters'>

export async function collect(
  { clock, database, sessions, audit, letters }: Needs,
  account: Account & { passwordChangedAt: number },
) {
  const [listed, events, written] = await Promise.all([
    sessions.list(account.id),
    audit.all(account.id),
    letters.ofAccount(database.db, account.id),
  ])
  return {
    exportedAt: moment(clock.now()),
    account: {
      id: stringify(account.id),
      name: account.name,
      email: account.email,
      emailVerifiedAt: moment(account.verifiedAt),
      emailWaitingForConfirmation: account.pendingEmail,
      registeredAt: moment(account.createdAt),
      passwordChangedAt: moment(account.passwordChangedAt),
    },
    devices: listed.map((one) => ({
      device: one.device,
      networkAddress: one.clientAddress,
      loggedInAt: moment(one.createdAt),
      lastUsedAt: moment(one.lastSeenAt),
      keptLoggedIn: one.remembered,
    })),
    activity: events.map(({ at, event, outcome, reason, device, clientAddress }) => ({
      at: moment(at),
      event,
      outcome,
      reason,
      device,
      networkAddress: clientAddress,
    })),
    letters: written
      .filter(({ kind }) => !toOthers.includes(kind))
      .map(({ kind, createdAt, sentAt, failedAt }) => ({
        kind,
        writtenAt: moment(createdAt),
        sentAt: moment(sentAt),
        failedAt: moment(failedAt),
      })),
  }
}

/** Whether somebody has an address is not to be read from which of the two was written (ASVS V6.3.8). */
const toOthers: LetterKind[] = ['confirm-email', 'email-taken']

/** UTC, as ISO 8601. */
function moment(at: number | null): string | null {
  return at === null ? null : new Date(at).toISOString()
}
