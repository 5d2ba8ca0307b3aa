// What an owner does with connections: adds one, removes one, proves with one who they are. Knows no HTTP and no SQL.
import type { Store } from '../../database/transaction.ts'
import { isProvedByProvider } from '../../identity/accounts/demands.ts'
import { recipientOf } from '../../identity/accounts/recipient.ts'
import type { RequestSource } from '../../identity/audit/request-source.ts'
import type { LoginAccount } from '../../identity/logins/login.ts'
import { hasOtherWay } from '../../identity/logins/other-way.ts'
import { holdWhileIn } from '../../identity/sessions/hold-while-in.ts'
import type { Services } from '../../services.ts'
import type { Renewal } from '../../web/session/renew-session.ts'
import { connectionAdded, prepareAddition } from './addition.rules.ts'
import { type ProviderProof, taking } from './proof.rules.ts'

type Needs = Pick<
  Services,
  | 'clock'
  | 'database'
  | 'accounts'
  | 'groups'
  | 'passwords'
  | 'passkeys'
  | 'secondFactors'
  | 'connections'
  | 'sessions'
  | 'sessionRows'
  | 'audit'
  | 'emails'
>

interface Owner {
  account: LoginAccount
  tokenHash: Buffer
  source: RequestSource
}

type LoggedOut = { kind: 'logged-out' }

/** Of one account: nobody has so many providers. */
const mostConnections = 20

export type ConnectionAddition =
  | { kind: 'added' }
  /** This account or another has it. */
  | { kind: 'exists' }
  | { kind: 'too-many' }
  /** Answered already. */
  | { kind: 'over' }
  | LoggedOut

/** Nothing else ends by it: it is one more way in, and the person has just proved who they are. */
export async function addConnection(needs: Needs, owner: Owner, proof: ProviderProof): Promise<ConnectionAddition> {
  const { database, connections, emails } = needs
  const { account, source } = owner
  const addition = prepareAddition(needs, proof, account, source)
  const message = connectionAdded(needs, proof, account, source)
  const added: ConnectionAddition = { kind: 'added' }
  const outcome = await database.transact(
    async (trx): Promise<ConnectionAddition> => {
      if (!(await holdWhileIn(needs, trx, owner))) return { kind: 'logged-out' }
      if ((await connections.rows.ofAccount(trx, account.id)).length >= mostConnections) return { kind: 'too-many' }
      if (!(await addition.take(trx))) return { kind: 'over' }
      await addition.write(trx)
      await emails.notify(trx, message)
      return added
    },
    async (db) => ((await connections.rows.exists(db, addition.id)) ? added : undefined),
  )
  return outcome === 'duplicate' ? { kind: 'exists' } : outcome
}

export type ConnectionRemoval =
  | { kind: 'removed'; provider: string }
  | { kind: 'missing' }
  /** No password, no passkey and no other connection. */
  | { kind: 'last-way-in' }
  | LoggedOut

/** Of several at once, one removes it and is recorded; and the last way to log in stays. */
export async function removeConnection(needs: Needs, owner: Owner, id: Buffer): Promise<ConnectionRemoval> {
  const { database, accounts, secondFactors, connections, audit, emails } = needs
  const { account, source } = owner
  const found = (await connections.rows.ofAccount(database.db, account.id)).find((one) => one.id.equals(id))
  if (!found) return { kind: 'missing' }
  const { provider } = found
  const record = audit.record('connection.removed', source, { account: account.id, reason: provider })
  const message = emails.prepare({
    ...{ kind: 'connection-removed', accountId: account.id, to: recipientOf(account), source },
    provider: connections.find(provider)?.label ?? provider,
  })
  const removed: ConnectionRemoval = { kind: 'removed', provider }
  const outcome = await database.transact(
    async (trx): Promise<ConnectionRemoval> => {
      if (!(await holdWhileIn(needs, trx, owner))) return { kind: 'logged-out' }
      if (!(await hasOtherWay(needs, trx, account.id, id))) return { kind: 'last-way-in' }
      if (!(await connections.rows.remove(trx, account.id, id))) return { kind: 'missing' }
      // As with a passkey: what was proved with it and is still under way ends.
      await secondFactors.trusted.removeAll(trx, account.id)
      await accounts.changeFactors(trx, account.id)
      await audit.write(trx, record)
      await emails.notify(trx, message)
      return removed
    },
    async (db) => ((await audit.isWritten(db, record)) ? removed : undefined),
  )
  return outcome === 'duplicate' ? removed : outcome
}

export type ConnectionReauthentication =
  | { kind: 'reauthenticated' }
  /** The account has a password or a second factor, and is asked for that. */
  | { kind: 'not-enough' }
  /** Another person of that provider. */
  | { kind: 'other' }
  | { kind: 'over' }
  | LoggedOut

/** For an account that has nothing else to prove with. The session goes on under a new token (ASVS V7.2.4). */
export async function proveAgain(
  needs: Needs,
  owner: Owner,
  proof: ProviderProof,
  renewal: Renewal,
): Promise<ConnectionReauthentication> {
  const { clock, database, connections, sessions, sessionRows, audit } = needs
  const { account, tokenHash, source } = owner
  const known = await connections.rows.find(database.db, proof.profile.issuer, proof.profile.subject)
  if (!known?.accountId.equals(account.id)) return { kind: 'other' }
  const take = taking(needs, proof)
  const record = audit.record('reauthentication.succeeded', source, { account: account.id })
  const reauthenticated: ConnectionReauthentication = { kind: 'reauthenticated' }
  const work = async (trx: Store): Promise<ConnectionReauthentication> => {
    const held = await holdWhileIn(needs, trx, owner)
    if (!held) return { kind: 'logged-out' }
    if (!isProvedByProvider(held)) return { kind: 'not-enough' }
    if (!(await take(trx))) return { kind: 'over' }
    if (!(await connections.rows.noteUse(trx, known.id, proof.profile.email ?? null, clock.now()))) throw new Gone()
    await audit.write(trx, record)
    if (!(await sessions.end(trx, tokenHash))) throw new Gone()
    if (!(await renewal.start(trx, held.passwordVersion))) throw new Gone()
    return reauthenticated
  }
  const landed = async (db: Store) =>
    (await sessionRows.exists(db, renewal.session.tokenHash)) ? reauthenticated : undefined
  try {
    const outcome = await database.transact(work, landed)
    return outcome === 'duplicate' ? { kind: 'over' } : outcome
  } catch (error) {
    if (!(error instanceof Gone)) throw error
    return { kind: 'logged-out' }
  }
}

/** Thrown, so that all of it goes. */
class Gone extends Error {}
