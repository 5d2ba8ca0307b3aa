// The list of accounts: a search, filters, three orders, a page at a time.
import { stringify } from 'uuid'
import type { Account } from '../../identity/accounts/account.ts'
import { paths } from '../../paths.ts'
import type { Site } from '../../web/site/site.ts'
import { type ConsoleFrame, ConsoleLayout } from '../../web/ui/console.tsx'
import { AccountLine } from './account-line.pages.tsx'
import type { Filters } from './accounts.rules.ts'
import { askedOf, Choice, listPath, Onward, withQuery } from './lists.pages.tsx'

interface Props {
  frame: ConsoleFrame
  filters: Filters
  accounts: Account[]
  /** Where the next page begins. */
  next: string | undefined
  /** This is not the first page. */
  isLater: boolean
  /** Names of groups to choose from. */
  groups: string[]
  now: number
}

export const AccountsPage = ({ frame, filters, accounts, next, isLater, groups, now }: Props) => {
  const { site } = frame
  const words = site.text.console.accounts
  return (
    <ConsoleLayout
      frame={frame}
      title={words.title}
      way={{ path: paths.consoleNewAccount, label: site.text.console.acts['create-account'].link }}
    >
      <Search site={site} filters={filters} groups={groups} />
      {accounts.length === 0 ? (
        <Nobody site={site} isLater={isLater} />
      ) : (
        <>
          {hasOrders(filters) && <Orders site={site} filters={filters} />}
          <form method="get" action={paths.consoleSelected} class="plain">
            <ul class="people chosen-from">
              {accounts.map((account) => (
                <Row site={site} account={account} now={now} />
              ))}
            </ul>
            <WithSelected site={site} filters={filters} />
          </form>
        </>
      )}
      <Onward site={site} first={isLater ? listPath(filters) : undefined} next={next && listPath(filters, next)} />
      <p class="below">
        {accounts.length > 0 && (
          <a href={withQuery(paths.consoleAccountsDownload, askedOf(filters))}>{site.text.console.download.link}</a>
        )}{' '}
        <a href={paths.consoleBulkActs}>{site.text.console.bulk.title}</a>
      </p>
    </ConsoleLayout>
  )
}

/** A search has an order of its own, and few that are chosen stand in that of their registration. */
const hasOrders = ({ query, group, factor }: Filters) => query === '' && group === undefined && factor === undefined

const Search = ({ site, filters, groups }: { site: Site; filters: Filters; groups: string[] }) => {
  const words = site.text.console.accounts
  const { query, state, group, factor, order } = filters
  return (
    <search>
      <form method="get" action={paths.consoleAccounts} class="search plain">
        <div class="field whole">
          <label for="query">{words.query}</label>
          <p class="hint" id="query-hint">
            {words.queryHint}
          </p>
          <input
            id="query"
            name="query"
            type="text"
            value={query}
            autocomplete="off"
            autocapitalize="off"
            spellcheck={false}
            enterkeyhint="search"
            aria-describedby="query-hint"
          />
        </div>
        <Choice site={site} name="state" label={words.state} chosen={state} options={Object.entries(words.states)} />
        <Choice
          site={site}
          name="factor"
          label={words.factor}
          chosen={factor}
          options={Object.entries(words.factors)}
        />
        <Choice site={site} name="group" label={words.group} chosen={group} options={groups.map((one) => [one, one])} />
        {order !== 'registered' && <input type="hidden" name="order" value={order} />}
        <button type="submit" class="button">
          {words.search}
        </button>
      </form>
    </search>
  )
}

const Orders = ({ site, filters }: { site: Site; filters: Filters }) => {
  const words = site.text.console.accounts
  return (
    <nav class="orders" aria-label={words.sortBy}>
      <span aria-hidden="true">{words.sortBy}</span>
      {(['registered', 'name', 'address'] as const).map((order) => (
        <>
          {' '}
          <a href={listPath({ ...filters, order })} aria-current={order === filters.order ? 'true' : undefined}>
            {words.orders[order]}
          </a>
        </>
      ))}
    </nav>
  )
}

const Row = ({ site, account, now }: { site: Site; account: Account; now: number }) => (
  <li>
    <label class="choose">
      <input type="checkbox" name="account" value={stringify(account.id)} />
      <span class="unseen">{site.text.console.bulk.select({ name: account.name })}</span>
    </label>
    <AccountLine site={site} account={account} now={now} />
  </li>
)

/** What can be done to several at once. The way back to this list goes along. */
const WithSelected = ({ site, filters }: { site: Site; filters: Filters }) => {
  const words = site.text.console.bulk
  return (
    <fieldset class="with-selected">
      <legend>{words.withSelected}</legend>
      {Object.entries(askedOf(filters)).map(
        ([name, value]) => value && <input type="hidden" name={name} value={value} />,
      )}
      {Object.entries(words.acts).map(([act, { choose }]) => (
        <button type="submit" name="act" value={act} class="button plain small">
          {choose}
        </button>
      ))}
      <button type="submit" formaction={paths.consoleAccountsDownload} class="button plain small">
        {site.text.console.download.choose}
      </button>
    </fieldset>
  )
}

const Nobody = ({ site, isLater }: { site: Site; isLater: boolean }) => {
  const words = site.text.console.accounts
  return (
    <div class="nothing">
      <h2>{isLater ? words.noMore : words.nobody}</h2>
      <p>{words.nobodyHint}</p>
      <a class="button plain small" href={paths.consoleAccounts}>
        {words.showAll}
      </a>
    </div>
  )
}
