// Before accounts are taken along as a file: whom it will hold, and what of each.
import { stringify } from 'uuid'
import type { Account } from '../../identity/accounts/account.ts'
import { paths } from '../../paths.ts'
import { type ConsoleFrame, ConsoleLayout } from '../../web/ui/console.tsx'
import type { Filters } from './accounts.rules.ts'
import { Chosen, toAccounts } from './bulk.pages.tsx'

interface Props {
  frame: ConsoleFrame
  /** None: all that the filters find. */
  accounts: Account[]
  filters: Filters
  columns: [name: string, ...unknown[]][]
}

export const DownloadPage = ({ frame, accounts, filters, columns }: Props) => {
  const { site } = frame
  const words = site.text.console.download
  const back = toAccounts(site)
  const { query, state, group, factor } = filters
  const wanted = accounts.length > 0 ? accounts.map(({ id }) => ['account', stringify(id)]) : given(filters)
  const isAll = accounts.length === 0 && !query && !state && !group && !factor
  const lead = accounts.length > 0 ? words.chosen({ count: accounts.length }) : isAll ? words.all : words.found
  return (
    <ConsoleLayout frame={frame} title={words.title} back={back}>
      <p class="lead">{lead}</p>
      {accounts.length > 0 && <Chosen accounts={accounts} />}
      {accounts.length === 0 && !isAll && <Asked frame={frame} filters={filters} />}
      <p>
        {words.columns}{' '}
        <span dir="ltr" translate="no">
          {columns.map(([name]) => name).join(', ')}
        </span>
      </p>
      <p>{words.care}</p>
      <form method="get" action={paths.consoleAccountsFile}>
        {wanted.map(([name, value]) => (
          <input type="hidden" name={name} value={value} />
        ))}
        <button type="submit" class="button">
          {words.button}
        </button>
      </form>
      <a class="aside-link" href={back.path}>
        {site.text.console.cancel}
      </a>
    </ConsoleLayout>
  )
}

/** The filters that are set, as they stand in an address. */
const given = ({ query, state, group, factor }: Filters) =>
  Object.entries({ query, state, group, factor }).filter((pair): pair is [string, string] => Boolean(pair[1]))

const Asked = ({ frame, filters }: { frame: ConsoleFrame; filters: Filters }) => {
  const words = frame.site.text.console.accounts
  const { query, state, group, factor } = filters
  const rows = [
    [words.query, query],
    [words.state, state && words.states[state]],
    [words.factor, factor && words.factors[factor]],
    [words.group, group],
  ].filter((row): row is [string, string] => Boolean(row[1]))
  return (
    <dl class="facts">
      {rows.map(([name, value]) => (
        <div>
          <dt>{name}</dt>
          <dd>
            <bdi translate="no">{value}</bdi>
          </dd>
        </div>
      ))}
    </dl>
  )
}
