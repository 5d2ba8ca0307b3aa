// Before data are taken along as a file: what it will hold.
import type { Child } from 'hono/jsx'
import type { Account } from '../../identity/accounts/account.ts'
import { paths } from '../../paths.ts'
import { type ConsoleFrame, ConsoleLayout } from '../../web/ui/console.tsx'
import { Form } from '../../web/ui/fields.tsx'
import type { Filters } from './accounts.rules.ts'
import { Chosen, toAccounts } from './bulk.pages.tsx'
import { askedOf, chosenQuery, withQuery } from './lists.pages.tsx'

interface FileProps {
  frame: ConsoleFrame
  title: string
  lead: string
  back: { path: string; label: string }
  /** Where its button posts to. */
  action: string
  /** In words for programs. */
  columns: readonly string[]
  columnsOf: string
  children?: Child
}

export const FilePage = ({ frame, title, lead, back, action, columns, columnsOf, children }: FileProps) => {
  const { site, token } = frame
  const words = site.text.console.download
  return (
    <ConsoleLayout frame={frame} title={title} back={back}>
      <p class="lead">{lead}</p>
      {children}
      <p>
        {columnsOf}{' '}
        <span dir="ltr" translate="no">
          {columns.join(', ')}
        </span>
      </p>
      <p>{words.care}</p>
      <Form action={action} token={token} file>
        <button type="submit" class="button">
          {words.button}
        </button>
      </Form>
      <a class="aside-link" href={back.path}>
        {site.text.console.cancel}
      </a>
    </ConsoleLayout>
  )
}

/** What was asked for, as words and values; what is empty is left out. */
export const Asked = ({ rows }: { rows: [name: string, value: string | undefined][] }) => {
  const given = rows.filter((row): row is [string, string] => Boolean(row[1]))
  return given.length === 0 ? null : (
    <dl class="facts">
      {given.map(([name, value]) => (
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
  const { query, state, group, factor } = filters
  const isAll = !query && !state && !group && !factor
  const names = site.text.console.accounts
  const path = paths.consoleAccountsDownload
  const shared = {
    ...{ frame, title: words.title, back: toAccounts(site), columnsOf: words.columns },
    columns: columns.map(([name]) => name),
  }
  if (accounts.length > 0)
    return (
      <FilePage {...shared} lead={words.chosen({ count: accounts.length })} action={`${path}?${chosenQuery(accounts)}`}>
        <Chosen accounts={accounts} />
      </FilePage>
    )
  return (
    <FilePage {...shared} lead={isAll ? words.all : words.found} action={withQuery(path, askedOf(filters))}>
      <Asked
        rows={[
          [names.query, query],
          [names.state, state && names.states[state]],
          [names.factor, factor && names.factors[factor]],
          [names.group, group],
        ]}
      />
    </FilePage>
  )
}
