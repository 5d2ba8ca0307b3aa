import { readRecent } from '../../identity/audit/recent.ts'
import { paths } from '../../paths.ts'
import { deviceName } from '../../text/device-name.ts'
import type { AccountPageRow } from '../../web/ui/account-row.tsx'
import { momentOf } from '../../web/ui/moment.tsx'
import { stencil } from '../../web/ui/stencil.ts'

const mostShown = 6

/** What happened of late, and the way to all of it. */
export const accountRow: AccountPageRow = {
  place: 55,
  section: 'activity',
  says: ({ site, account, now }) =>
    readRecent(account.recent, mostShown).map(({ event, device, at }) =>
      line(site, {
        event: site.text.activity.events[event],
        device: device ? `${deviceName(site.text, device)}, ` : '',
        when: momentOf({ site, at, now }),
      }),
    ),
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

const line = stencil(['event', 'device', 'when'], (_, { event, device, when }) => (
  <li>
    <span>{event}</span>{' '}
    <small>
      {device}
      {when}
    </small>
  </li>
))
