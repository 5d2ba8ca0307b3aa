// What is recorded of the whole site.
import { paths } from '../../paths.ts'
import type { Site } from '../../web/site/site.ts'
import { type ConsoleFrame, ConsoleLayout } from '../../web/ui/console.tsx'
import { Events } from './activity.pages.tsx'
import { Asked, FilePage } from './download.pages.tsx'
import { Choice, Onward, Typed, withQuery } from './lists.pages.tsx'
import type { ActivityFilters, SiteEvent } from './site-activity.rules.ts'

interface Props {
  frame: ConsoleFrame
  filters: ActivityFilters
  events: SiteEvent[]
  next: string | undefined
  /** This is not the first page. */
  isLater: boolean
  now: number
}

export const SiteActivityPage = ({ frame, filters, events, next, isLater, now }: Props) => {
  const { site } = frame
  const words = site.text.console.activity
  const at = (before?: string) => withQuery(paths.consoleActivity, { ...filters, before })
  return (
    <ConsoleLayout
      frame={frame}
      title={words.title}
      way={{ path: withQuery(paths.consoleActivityDownload, { ...filters }), label: words.download }}
    >
      <Filters site={site} filters={filters} />
      <Events site={site} events={events} now={now} />
      <Onward site={site} first={isLater ? at() : undefined} next={next && at(next)} />
    </ConsoleLayout>
  )
}

interface DownloadProps {
  frame: ConsoleFrame
  filters: ActivityFilters
  columns: readonly string[]
}

export const ActivityDownloadPage = ({ frame, filters, columns }: DownloadProps) => {
  const { console: words } = frame.site.text
  const { account, event, outcome } = filters
  const isAll = !account && !event && !outcome
  return (
    <FilePage
      frame={frame}
      title={words.activity.downloadTitle}
      lead={isAll ? words.activity.downloadAll : words.activity.downloadFound}
      back={{ path: withQuery(paths.consoleActivity, { ...filters }), label: words.activity.title }}
      action={withQuery(paths.consoleActivityDownload, { ...filters })}
      columnsOf={words.activity.downloadColumns}
      columns={columns}
    >
      <Asked
        rows={[
          [words.activity.account, account],
          [words.activity.event, event],
          [words.activity.outcome, outcome && words.activity.outcomes[outcome]],
        ]}
      />
    </FilePage>
  )
}

const Filters = ({ site, filters }: { site: Site; filters: ActivityFilters }) => {
  const words = site.text.console.activity
  return (
    <search>
      <form method="get" action={paths.consoleActivity} class="search plain">
        <Typed name="account" label={words.account} hint={words.accountHint} value={filters.account} />
        <Typed name="event" label={words.event} hint={words.eventHint} value={filters.event} list="event-names" />
        <datalist id="event-names">
          {Object.entries(site.text.activity.events).map(([name, label]) => (
            <option value={name}>{label}</option>
          ))}
        </datalist>
        <Choice
          site={site}
          name="outcome"
          label={words.outcome}
          chosen={filters.outcome}
          options={Object.entries(words.outcomes)}
        />
        <button type="submit" class="button">
          {site.text.console.accounts.search}
        </button>
      </form>
    </search>
  )
}
