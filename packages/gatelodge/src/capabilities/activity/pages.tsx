import { paths } from '../../paths.ts'
import { type DeviceDescription, deviceName } from '../../text/device-name.ts'
import type { Flash } from '../../web/forms/visitor-cookie.ts'
import type { Site } from '../../web/site/site.ts'
import { Layout } from '../../web/ui/layout.tsx'
import { Moment } from '../../web/ui/moment.tsx'
import { Paging } from '../../web/ui/paging.tsx'
import { ClientAddress, Parts } from '../../web/ui/parts.tsx'

interface Shown {
  at: number
  event: string
  device: DeviceDescription | null
  clientAddress: string
}

interface Props {
  site: Site
  token: string
  flash: Flash
  events: Shown[]
  previous: string | undefined
  next: string | undefined
  now: number
}

export const ActivityPage = ({ site, token, flash, events, previous, next, now }: Props) => (
  <Layout site={site} title={site.text.activity.title} flash={flash} logOutToken={token} wide>
    <h1>{site.text.activity.title}</h1>
    <p class="lead">{site.text.activity.lead}</p>
    <ol class="events">
      {events.map((event) => (
        <Row site={site} event={event} now={now} />
      ))}
    </ol>
    <Paging site={site} path={paths.activity} previous={previous} next={next} />
    <a class="aside-link" href={paths.account}>
      {site.text.backToAccount}
    </a>
  </Layout>
)

/** What, when, on which device, and from where. */
const Row = ({ site, event, now }: Pick<Props, 'site' | 'now'> & { event: Shown }) => (
  <li class="whole">
    <span>{nameOf(site, event.event)}</span> <Moment site={site} at={event.at} now={now} />{' '}
    <small>
      <Parts
        of={[
          event.device && deviceName(site.text, event.device),
          event.clientAddress && <ClientAddress of={event.clientAddress} />,
          site.text.moments.utc({ moment: site.text.formats.moment(event.at) }),
        ]}
      />
    </small>
  </li>
)

/** One that a release before this wrote may have no words any more. */
function nameOf({ text }: Site, event: string): string {
  const names: Record<string, string> = text.activity.events
  return Object.hasOwn(names, event) ? (names[event] ?? event) : event
}
