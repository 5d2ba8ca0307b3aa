// `gatelodge account show ADDRESS`
import { stringify } from 'uuid'
import type { Account } from '../identity/accounts/account.ts'
import { stateOf } from '../identity/accounts/state.ts'
import type { ProviderConnection } from '../identity/connections/storage.ts'
import { asJson, iso, moment, printJson, table } from './output.ts'
import type { Verb } from './verbs.ts'
import { findAccount } from './whose.ts'

export const showAccount: Verb = {
  words: 'ADDRESS',
  summary: 'print what is known of an account',
  options: [asJson],
  async run(asked) {
    const account = await findAccount(asked, asked.words[0] ?? '')
    if (typeof account === 'number') return account
    const { connections, database } = asked.services
    const connected = await connections.rows.ofAccount(database.db, account.id)
    if (asked.options.json !== undefined) printJson(toldOf(account, connected))
    else console.log(table(rowsOf(account, connected)))
    return 0
  },
}

function toldOf(account: Account, connected: ProviderConnection[]) {
  return {
    id: stringify(account.id),
    name: account.name,
    email: account.email,
    state: stateOf(account),
    registered_at: iso(account.createdAt),
    verified_at: iso(account.verifiedAt),
    disabled_at: iso(account.disabledAt),
    deletes_at: iso(account.deletesAt),
    password_changed_at: iso(account.passwordChangedAt),
    new_password_required: account.passwordDemandedAt !== null,
    has_second_factor: account.hasSecondFactor,
    connections: connected.map(({ id, provider, email, createdAt }) => ({
      ...{ id: stringify(id), provider, email, added_at: iso(createdAt) },
    })),
    groups: account.groups,
    fields: account.fields,
  }
}

function rowsOf(account: Account, connected: ProviderConnection[]): string[][] {
  return [
    ['id', stringify(account.id)],
    ['name', account.name],
    ['email', account.email],
    ['state', stateOf(account)],
    ['registered', moment(account.createdAt)],
    ['verified', moment(account.verifiedAt)],
    ['password changed', moment(account.passwordChangedAt)],
    ['new password required', account.passwordDemandedAt === null ? 'no' : 'yes'],
    ['second factor', account.hasSecondFactor ? 'yes' : 'no'],
    [
      'other ways to log in',
      connected.map(({ provider, email }) => [provider, email].filter(Boolean).join(' ')).join(', ') || '-',
    ],
    ['groups', account.groups.join(', ') || '-'],
    ...Object.entries(account.fields).map(([name, value]) => [`field ${name}`, String(value)]),
  ]
}
