import { readRecent } from '../../identity/audit/recent.ts'
import { paths } from '../../paths.ts'
import { deviceName } from '../../text/device-name.ts'
import type { AccountPageRow, Shown } from '../../web/ui/account-row.tsx'
import { Moment } from '../../web/ui/moment.tsx'

const mostShown = 6

/** What happened of late, and the way to all of it. */
export const accountRow: AccountPageRow = {
  place: 55,
  section: 'activity',
  says: (shown) => <Recent {...shown} />,
  row: ({ text }, says) => (
    <>
      <p class="lead">{text.activity.lead}</p>
      <ol class="events">{says}</ol>
      <a class="aside-link" href={paths.activity}>
        {text.activity.seeAll}
      </a>
    </>
  ),
}

const Recent = ({ site, account, now }: Shown) => (
  <>
    {readRecent(account.recent, mostShown).map(({ event, device, at }) => (
      <li>
        <span>{site.text.activity.events[event]}</span>{' '}
        <small>
          {deviceName(site.text, device)}, <Moment site={site} at={at} now={now} />
        </small>
      </li>
    ))}
  </>
)
