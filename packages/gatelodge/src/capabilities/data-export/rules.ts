// Everything that is stored about a person, as data that they can take along. No secrets: no hash, no token, no key. It goes
// out in pieces, because a history can be long: one person's must neither fill the memory nor hold up the pages of others.
import { setImmediate as turnOfOthers } from 'node:timers/promises'
import { stringify } from 'uuid'
import type { StoredEmail } from '../../email/row-storage.ts'
import type { Account } from '../../identity/accounts/account.ts'
import { seenByOwner } from '../../identity/audit/seen-by-owner.ts'
import type { RecordOfAccount } from '../../identity/audit/storage.ts'
import type { ProviderConnection } from '../../identity/connections/storage.ts'
import { type Methods, proofsIn } from '../../identity/logins/methods.ts'
import type { ToldLoginUnderWay } from '../../identity/logins/storage.ts'
import type { Passkey } from '../../identity/passkeys/storage.ts'
import type { Factors } from '../../identity/second-factors/rules.ts'
import type { TrustedDevice } from '../../identity/second-factors/trusted-storage.ts'
import type { KeptSession } from '../../identity/sessions/storage.ts'
import type { ToldToken } from '../../identity/tokens/storage.ts'
import type { Services } from '../../services.ts'
import { type DeviceDescription, deviceName } from '../../text/device-name.ts'

/** In words, for people. */
type Naming = (device: DeviceDescription) => string

type Needs = Pick<
  Services,
  | 'text'
  | 'clock'
  | 'database'
  | 'sessionRows'
  | 'loginsUnderWay'
  | 'secondFactors'
  | 'passkeys'
  | 'connections'
  | 'tokens'
  | 'audit'
  | 'emails'
>

/** @returns JSON, piece by piece. What is asked for before the first one can still be answered with a failure. */
export async function collect(needs: Needs, account: Account): Promise<AsyncGenerator<string>> {
  const { text, clock, database, sessionRows, loginsUnderWay, secondFactors, passkeys, tokens, audit, emails } = needs
  const { rows } = needs.connections
  const [kept, begun, factors, keys, connected, trusted, written, links, newest] = await Promise.all([
    sessionRows.all(database.db, account.id),
    loginsUnderWay.ofAccount(account.id),
    secondFactors.ofAccount(database.db, account.id),
    passkeys.ofAccount(database.db, account.id),
    rows.ofAccount(database.db, account.id),
    secondFactors.trusted.list(account),
    emails.ofAccount(database.db, account.id),
    tokens.ofAccount(account.id),
    audit.someOf(account.id),
  ])
  const named: Naming = (device) => deviceName(text, device)
  const all = {
    exported_at: moment(clock.now()),
    account: accountOf(account),
    second_factors: factorsOf(factors),
    recovery_codes_left: factors.recoveryCodesLeft,
    passkeys: keys.map(passkeyOf),
    connections: connected.map(connectionOf),
    devices: kept.map((one) => deviceOf(one, named)),
    trusted_devices: trusted.map((one) => trustOf(one, named)),
    logins_under_way: begun.map((one) => loginOf(one, named)),
    emails: written.map(emailOf),
    links: links.map(linkOf),
  }
  return pieces(JSON.stringify(all, null, 2), {
    named,
    first: newest,
    more: (after) => audit.someOf(account.id, after),
  })
}

interface History {
  named: Naming
  first: RecordOfAccount[]
  more(after: Buffer): Promise<RecordOfAccount[]>
}

async function* pieces(all: string, { named, first, more }: History): AsyncGenerator<string> {
  // The list goes in front of the brace that closes the rest.
  yield `${all.slice(0, -'\n}'.length)},\n  "activity": [`
  let comma = ''
  for (let events = first; events.length > 0; ) {
    yield `${comma}${events.map((event) => `\n    ${JSON.stringify(eventOf(event, named))}`).join(',')}`
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
    email_verified_at: moment(account.verifiedAt),
    email_waiting_for_confirmation: account.pendingEmail,
    groups: account.groups,
    fields: account.fields,
    registered_at: moment(account.createdAt),
    password_changed_at: moment(account.passwordChangedAt),
    new_password_demanded_at: moment(account.passwordDemandedAt),
    passkey_asked_after_password_since: moment(account.asksPasskeySince),
    passkey_offer_answered_at: moment(account.passkeyOfferAnsweredAt),
  }
}

/** Without the key of the app, and without the codes: anyone who has them has the factor. */
function factorsOf({ totp }: Factors) {
  if (!totp) return []
  return [{ kind: 'authenticator app', added_at: moment(totp.createdAt), last_used_at: moment(totp.lastUsedAt) }]
}

/** What they are, and not how they are recognised. */
function passkeyOf(one: Passkey) {
  const { name, isSyncable, isSynced, isVerifying, transports, aaguid, rpId, counter } = one
  return {
    ...{ name, added_at: moment(one.createdAt), last_used_at: moment(one.lastUsedAt) },
    ...{ can_be_synced: isSyncable, is_synced: isSynced, checks_its_owner: isVerifying },
    ...{ reached_by: transports.join(), authenticator: aaguid, domain: rpId, uses_counted: counter },
  }
}

function connectionOf({ provider, issuer, subject, email, createdAt, lastUsedAt }: ProviderConnection) {
  return { provider, issuer, subject, email, added_at: moment(createdAt), last_used_at: moment(lastUsedAt) }
}

function trustOf({ device, clientAddress, createdAt, expiresAt }: TrustedDevice, named: Naming) {
  const times = { trusted_at: moment(createdAt), trusted_until: moment(expiresAt) }
  return { device: named(device), network_address: clientAddress, ...times }
}

function deviceOf(one: KeptSession, named: Naming) {
  return {
    device: named(one.device),
    network_address: one.clientAddress,
    logged_in_at: moment(one.createdAt),
    last_used_at: moment(one.lastSeenAt),
    kept_logged_in: one.remembered,
    proved_by: proofsOf(one.methods),
    password_typed_at: moment(one.reauthenticatedAt),
    logged_out_at: moment(one.endedAt),
    logged_out_by: one.endedBy,
  }
}

function loginOf({ methods, device, clientAddress, startedAt, expiresAt, usedAt }: ToldLoginUnderWay, named: Naming) {
  const times = { proved_by: proofsOf(methods), started_at: moment(startedAt), works_until: moment(expiresAt) }
  return { device: named(device), network_address: clientAddress, ...times, finished_at: moment(usedAt) }
}

function proofsOf(methods: Methods) {
  return Object.fromEntries(proofsIn(methods).map(([method, at]) => [method, moment(at)]))
}

/** Which administrator it was is nobody's but the site's. */
const actorOf = (actor: string | null) =>
  actor === null || actor === 'command' || actor === 'code' ? actor : 'administrator'

function eventOf(record: RecordOfAccount, named: Naming) {
  const { at, event, outcome, reason, actor, note, methods, device, clientAddress } = seenByOwner(record)
  const by = { done_by: actorOf(actor), because: note }
  return {
    at: moment(at),
    event,
    outcome,
    reason,
    ...by,
    methods,
    device: device && named(device),
    network_address: clientAddress,
  }
}

function emailOf({ kind, createdAt, sentAt, failedAt, failure }: StoredEmail) {
  const times = { written_at: moment(createdAt), sent_at: moment(sentAt), failed_at: moment(failedAt), failure }
  // Whether someone has the address that was asked for is not to be read from which of the two was written (ASVS V6.3.8).
  return { kind: kind === 'email-taken' ? 'confirm-email' : kind, ...times }
}

function linkOf({ purpose, createdAt, expiresAt, usedAt }: ToldToken) {
  return { purpose, made_at: moment(createdAt), works_until: moment(expiresAt), used_at: moment(usedAt) }
}

/** UTC, as ISO 8601. */
function moment(at: number | null): string | null {
  return at === null ? null : new Date(at).toISOString()
}
