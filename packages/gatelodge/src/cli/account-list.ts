// `gatelodge account list [QUERY]`
import { stringify } from 'uuid'
import { type AccountOrder, accountOrders } from '../identity/accounts/list-cursor.ts'
import { listAccounts } from '../identity/accounts/list-storage.ts'
import { type AccountState, accountStates } from '../identity/accounts/list-wanted.ts'
import { stateOf } from '../identity/accounts/state.ts'
import { asJson, iso, moment, printJson, table } from './output.ts'
import { after, limit, limitFrom } from './pages.ts'
import type { Verb } from './verbs.ts'

export const listVerb: Verb = {
  words: '[QUERY]',
  summary: 'list accounts, all or those whose address, id or beginning of the name or address is QUERY',
  options: [
    { name: 'state', value: 'STATE', about: accountStates.join(', ') },
    { name: 'group', value: 'GROUP', about: 'only its members' },
    { name: 'order', value: 'ORDER', about: `${accountOrders.join(', ')}; default: registered, the newest in front` },
    ...[limit, after, asJson],
  ],
  async run({ services, words: [query], options }) {
    const most = limitFrom(options)
    const { state, group, order } = options
    if (most === undefined || !isOneOf('state', state, accountStates) || !isOneOf('order', order, accountOrders))
      return 2
    // None in it, or mistyped: a script must see which.
    if (group !== undefined && !(await services.groups.find(services.database.db, group))) {
      console.error(`There is no group ${group}.`)
      return 1
    }
    const wanted = { query, group, limit: most, cursor: options.after }
    const chosen = { state: state as AccountState | undefined, order: order as AccountOrder | undefined }
    const page = await listAccounts(services.database.db, { ...wanted, ...chosen })
    if (!page) {
      console.error('--after is what the page before printed, with the same filters.')
      return 2
    }
    if (options.json !== undefined) printJson({ accounts: page.accounts.map(accountAsJson), next: page.next ?? null })
    else {
      const rows = page.accounts.map((one) => [
        ...[one.email, one.name, stateOf(one), moment(one.createdAt), one.groups.join(', ') || '-', stringify(one.id)],
      ])
      console.log(rows.length > 0 ? table([heads, ...rows]) : 'There are no such accounts.')
      if (page.next) console.error(`There are more: --after ${page.next}`)
    }
    return 0
  },
}

const heads = ['ADDRESS', 'NAME', 'STATE', 'REGISTERED', 'GROUPS', 'ID']

type Listed = NonNullable<Awaited<ReturnType<typeof listAccounts>>>['accounts'][number]

const accountAsJson = (account: Listed) => ({
  id: stringify(account.id),
  email: account.email,
  name: account.name,
  state: stateOf(account),
  registered_at: iso(account.createdAt),
  verified_at: iso(account.verifiedAt),
  has_second_factor: account.hasSecondFactor,
  groups: account.groups,
})

function isOneOf(name: string, given: string | undefined, all: readonly string[]): boolean {
  if (given === undefined || all.includes(given)) return true
  console.error(`--${name} is one of: ${all.join(', ')}`)
  return false
}
