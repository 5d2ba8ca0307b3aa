// The list of accounts, and what is known of one of them, for the people who run the site. Nothing secret is among it: no
// hash, no key of an app, no code. Knows no HTTP and no SQL.
import { stringify } from 'uuid'
import { type EmailState, emailStateOf } from '../../email/state.ts'
import type { Account } from '../../identity/accounts/account.ts'
import { type AccountOrder, accountOrders } from '../../identity/accounts/list-cursor.ts'
import { type AccountsPage, listAccounts } from '../../identity/accounts/list-storage.ts'
import {
  type AccountFactor,
  type AccountState,
  accountFactors,
  accountStates,
} from '../../identity/accounts/list-wanted.ts'
import { stateOf } from '../../identity/accounts/state.ts'
import { idFrom } from '../../identity/ids.ts'
import type { Services } from '../../services.ts'
import { type KnownEvent, listed } from './activity.rules.ts'

/** Accounts on one page: so many can be chosen at once. */
export const accountsOnPage = 25
/** Of devices and emails, so many are shown. */
const mostShown = 10

/** As it stands in the address of the list: what is not one of ours counts as not given. */
export interface Filters {
  query: string
  state: AccountState | undefined
  group: string | undefined
  factor: AccountFactor | undefined
  order: AccountOrder
}

const oneOf = <One extends string>(all: readonly One[], given = ''): One | undefined => all.find((one) => one === given)

/** Few accounts may be in a group or have a factor: those stand in the order of registration, which is quick. */
export function filtersOf(given: Record<string, string | undefined>): Filters {
  const isOfFew = Boolean(given.group || given.factor)
  return {
    query: given.query?.trim() ?? '',
    state: oneOf(accountStates, given.state),
    group: given.group || undefined,
    factor: oneOf(accountFactors, given.factor),
    order: (isOfFew ? undefined : oneOf(accountOrders, given.order)) ?? 'registered',
  }
}

/** @param cursor what the page before gave; anything else begins at the top. */
export async function pageOfAccounts(
  { database }: Pick<Services, 'database'>,
  filters: Filters,
  cursor: string | undefined,
): Promise<AccountsPage> {
  const wanted = { ...filters, limit: accountsOnPage }
  const page = await listAccounts(database.db, { ...wanted, cursor })
  return page ?? (await listAccounts(database.db, wanted)) ?? { accounts: [], next: undefined }
}

export interface OneAccount {
  account: Account
  state: AccountState
  app: { createdAt: number; lastUsedAt: number | null } | undefined
  recoveryCodesLeft: number
  passkeys: { name: string; createdAt: number; lastUsedAt: number | null }[]
  connections: { id: string; provider: string; email: string | null; createdAt: number }[]
  devices: Awaited<ReturnType<typeof devicesOf>>
  emails: { kind: string; at: number; state: EmailState }[]
  events: KnownEvent[]
}

type Needs = Pick<
  Services,
  'database' | 'accounts' | 'secondFactors' | 'passkeys' | 'connections' | 'sessions' | 'emails' | 'audit'
>

/** @param text an id. @returns undefined where there is no such account. */
export async function findAccount({ database, accounts }: Needs, text: string): Promise<Account | undefined> {
  const id = idFrom(text)
  return id && accounts.findById(database.db, id)
}

export async function oneAccount(needs: Needs, account: Account): Promise<OneAccount> {
  const { database, secondFactors, passkeys, connections, audit } = needs
  const factors = await secondFactors.ofAccount(database.db, account.id)
  const keys = await passkeys.ofAccount(database.db, account.id)
  const connected = await connections.rows.ofAccount(database.db, account.id)
  return {
    account,
    state: stateOf(account),
    app: factors.totp,
    recoveryCodesLeft: factors.recoveryCodesLeft,
    passkeys: keys.map(({ name, createdAt, lastUsedAt }) => ({ name, createdAt, lastUsedAt })),
    connections: connected.map(({ id, provider, email, createdAt }) => ({
      ...{ id: stringify(id), provider, email, createdAt },
    })),
    devices: await devicesOf(needs, account),
    emails: await emailsOf(needs, account.id),
    events: (await audit.pageOf(account.id, {})).rows.slice(0, mostShown).map(listed),
  }
}

/** Those used last. */
async function devicesOf({ sessions }: Needs, account: Account) {
  // None of them is the one that asks.
  const { rows, hasNext } = await sessions.pageOf({ account, here: Buffer.alloc(32) }, {})
  const shown = rows.slice(0, mostShown).map(({ id, device, clientAddress, createdAt, lastSeenAt }) => ({
    ...{
      id: id ? stringify(id) : '',
      device,
      clientAddress: clientAddress ?? '',
      since: createdAt,
      lastUsed: lastSeenAt,
    },
  }))
  return { shown, hasMore: hasNext || rows.length > mostShown }
}

/** The newest in front: what became of each, and never what it said. */
async function emailsOf({ emails, database }: Needs, id: Buffer): Promise<OneAccount['emails']> {
  const all = await emails.ofAccount(database.db, id)
  return all
    .slice(-mostShown)
    .reverse()
    .map((email) => ({ kind: email.kind, at: email.createdAt, state: emailStateOf(email) }))
}
