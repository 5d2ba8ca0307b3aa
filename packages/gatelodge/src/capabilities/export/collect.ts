// Everything that is stored about a person, as data that they can take along. No secrets: no hash, no token, no key. It goes
// out in pieces, because a history can be long: one person's must neither fill the memory nor hold up the pages of others.
import { setImmediate as turnOfOthers } from 'node:timers/promises'
import { stringify } from 'uuid'
import type { Account } from '../../identity/accounts/storage.ts'
import type { ToldRecord } from '../../identity/audit/storage.ts'
import { type Methods, proofsIn } from '../../identity/logins/methods.ts'
import type { ToldLoginUnderWay } from '../../identity/logins/storage.ts'
import type { KeptSession } from '../../identity/sessions/storage.ts'
import type { ToldToken } from '../../identity/tokens/storage.ts'
import type { StoredLetter } from '../../mail/storage.ts'
import type { Services } from '../../services.ts'

type Needs = Pick<Services, 'clock' | 'database' | 'sessionRows' | 'loginsUnderWay' | 'tokens' | 'audit' | 'letters'>

/** @returns JSON, piece by piece. What is asked for before the first one can still be answered with a failure. */
export async function collect(needs: Needs, account: Account): Promise<AsyncGenerator<string>> {
  const { clock, database, sessionRows, loginsUnderWay, tokens, audit, letters } = needs
  const [kept, begun, written, links, newest] = await Promise.all([
    sessionRows.all(database.db, account.id),
    loginsUnderWay.ofAccount(account.id),
    letters.ofAccount(database.db, account.id),
    tokens.ofAccount(account.id),
    audit.someOf(account.id),
  ])
  const all = {
    exportedAt: moment(clock.now()),
    account: accountOf(account),
    devices: kept.map(deviceOf),
    loginsUnderWay: begun.map(loginOf),
    letters: written.map(letterOf),
    links: links.map(linkOf),
  }
  return pieces(JSON.stringify(all, null, 2), newest, (after) => audit.someOf(account.id, after))
}

async function* pieces(
  all: string,
  first: ToldRecord[],
  more: (after: Buffer) => Promise<ToldRecord[]>,
): AsyncGenerator<string> {
  // The list goes in front of the brace that closes the rest.
  yield `${all.slice(0, -'\n}'.length)},\n  "activity": [`
  let comma = ''
  for (let events = first; events.length > 0; ) {
    yield `${comma}${events.map((event) => `\n    ${JSON.stringify(eventOf(event))}`).join(',')}`
    comma = ','
    await turnOfOthers()
    events = await more(events.at(-1)?.id as Buffer)
  }
  yield '\n  ]\n}\n'
}

function accountOf(account: Account) {
  return {
    id: stringify(account.id),
    name: account.name,
    email: account.email,
    emailVerifiedAt: moment(account.verifiedAt),
    emailWaitingForConfirmation: account.pendingEmail,
    fields: account.fields,
    registeredAt: moment(account.createdAt),
    passwordChangedAt: moment(account.passwordChangedAt),
  }
}

function deviceOf(one: KeptSession) {
  return {
    device: one.device,
    networkAddress: one.clientAddress,
    loggedInAt: moment(one.createdAt),
    lastUsedAt: moment(one.lastSeenAt),
    keptLoggedIn: one.remembered,
    provedBy: proofsOf(one.methods),
    passwordTypedAt: moment(one.confirmedAt),
    loggedOutAt: moment(one.endedAt),
    loggedOutBy: one.endedBy,
  }
}

function loginOf({ methods, device, clientAddress, startedAt, expiresAt, usedAt }: ToldLoginUnderWay) {
  const told = { provedBy: proofsOf(methods), startedAt: moment(startedAt), worksUntil: moment(expiresAt) }
  return { device, networkAddress: clientAddress, ...told, finishedAt: moment(usedAt) }
}

function proofsOf(methods: Methods) {
  return Object.fromEntries(proofsIn(methods).map(([method, at]) => [method, moment(at)]))
}

function eventOf({ at, event, outcome, reason, methods, device, clientAddress }: ToldRecord) {
  return { at: moment(at), event, outcome, reason, methods, device, networkAddress: clientAddress }
}

function letterOf({ kind, createdAt, sentAt, failedAt, failure }: StoredLetter) {
  const told = { writtenAt: moment(createdAt), sentAt: moment(sentAt), failedAt: moment(failedAt), failure }
  // Whether somebody has the address that was asked for is not to be read from which of the two was written (ASVS V6.3.8).
  return { kind: kind === 'email-taken' ? 'confirm-email' : kind, ...told }
}

function linkOf({ purpose, createdAt, expiresAt, usedAt }: ToldToken) {
  return { purpose, madeAt: moment(createdAt), worksUntil: moment(expiresAt), usedAt: moment(usedAt) }
}

/** UTC, as ISO 8601. */
function moment(at: number | null): string | null {
  return at === null ? null : new Date(at).toISOString()
}
