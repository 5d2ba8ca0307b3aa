// Everything that is stored about a person, as data that they can take along. No secrets: no hash, no token, no key.
import { stringify } from 'uuid'
import type { Account } from '../../identity/accounts/storage.ts'
import type { Services } from '../../services.ts'

type Needs = Pick<Services, 'clock' | 'database' | 'sessionRows' | 'tokens' | 'audit' | 'letters'>

export async function collect(
  { clock, database, sessionRows, tokens, audit, letters }: Needs,
  account: Account & { passwordChangedAt: number },
) {
  const [kept, events, written, links] = await Promise.all([
    sessionRows.all(database.db, account.id),
    audit.all(account.id),
    letters.ofAccount(database.db, account.id),
    tokens.ofAccount(account.id),
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
    devices: kept.map((one) => ({
      device: one.device,
      networkAddress: one.clientAddress,
      loggedInAt: moment(one.createdAt),
      lastUsedAt: moment(one.lastSeenAt),
      keptLoggedIn: one.remembered,
      passwordTypedAt: moment(one.confirmedAt),
      loggedOutAt: moment(one.endedAt),
      loggedOutBy: one.endedBy,
    })),
    activity: events.map(({ at, event, outcome, reason, device, clientAddress }) => ({
      at: moment(at),
      event,
      outcome,
      reason,
      device,
      networkAddress: clientAddress,
    })),
    letters: written.map(({ kind, createdAt, sentAt, failedAt, failure }) => ({
      kind,
      writtenAt: moment(createdAt),
      sentAt: moment(sentAt),
      failedAt: moment(failedAt),
      failure,
    })),
    links: links.map(({ purpose, createdAt, expiresAt, usedAt }) => ({
      purpose,
      madeAt: moment(createdAt),
      worksUntil: moment(expiresAt),
      usedAt: moment(usedAt),
    })),
  }
}

/** UTC, as ISO 8601. */
function moment(at: number | null): string | null {
  return at === null ? null : new Date(at).toISOString()
}
