// `gatelodge account show ADDRESS`
import { stringify } from 'uuid'
import { stateOf } from '../identity/accounts/state.ts'
import type { Account } from '../identity/accounts/storage.ts'
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
    if (asked.options.json !== undefined) printJson(toldOf(account))
    else console.log(table(rowsOf(account)))
    return 0
  },
}

function toldOf(account: Account) {
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
    has_second_factor: account.hasSecondFactor,
    groups: account.groups,
    fields: account.fields,
  }
}

function rowsOf(account: Account): string[][] {
  return [
    ['id', stringify(account.id)],
    ['name', account.name],
    ['email', account.email],
    ['state', stateOf(account)],
    ['registered', moment(account.createdAt)],
    ['verified', moment(account.verifiedAt)],
    ['password changed', moment(account.passwordChangedAt)],
    ['second factor', account.hasSecondFactor ? 'yes' : 'no'],
    ['groups', account.groups.join(', ') || '-'],
    ...Object.entries(account.fields).map(([name, value]) => [`field ${name}`, String(value)]),
  ]
}
