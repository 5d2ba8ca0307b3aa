// What is recorded of an account: what, when, from where, by whom and why.
import { paths } from '../../paths.ts'
import { deviceName } from '../../text/device-name.ts'
import type { Site } from '../../web/site/site.ts'
import { type ConsoleFrame, ConsoleLayout } from '../../web/ui/console.tsx'
import { Moment } from '../../web/ui/moment.tsx'
import { Paging } from '../../web/ui/paging.tsx'
import { ClientAddress, Parts } from '../../web/ui/parts.tsx'
import type { ActivityOfAccount, KnownEvent } from './activity.rules.ts'
import { Whose } from './lists.pages.tsx'
import type { SiteEvent } from './site-activity.rules.ts'

interface Props extends ActivityOfAccount {
  frame: ConsoleFrame
  name: string
  /** Of the account. */
  path: string
  now: number
}

export const ActivityOfAccountPage = ({ frame, name, path, events, previous, next, now }: Props) => (
  <ConsoleLayout frame={frame} title={frame.site.text.console.account.activity} back={{ path, label: name }}>
    <Events site={frame.site} events={events} now={now} />
    <Paging site={frame.site} path={frame.path} previous={previous} next={next} />
  </ConsoleLayout>
)

/** Of one account, or of several: then each says whose it is. */
type Listed = KnownEvent & Partial<Pick<SiteEvent, 'account' | 'known'>>

export const Events = ({ site, events, now }: { site: Site; events: Listed[]; now: number }) =>
  events.length === 0 ? (
    <p class="nothing">{site.text.console.account.noActivity}</p>
  ) : (
    <ol class="events">
      {events.map((event) => (
        <One site={site} event={event} now={now} />
      ))}
    </ol>
  )

const One = ({ site, event, now }: { site: Site; event: Listed; now: number }) => (
  <li class="whole">
    <span>
      {nameOf(site, event.event)}
      {event.about && (
        <>
          {': '}
          <bdi translate="no">{event.about}</bdi>
        </>
      )}
    </span>{' '}
    <Moment site={site} at={event.at} now={now} />{' '}
    <small>
      {event.account && <Whose site={site} id={event.account} known={event.known} />}{' '}
      <Parts
        of={[
          deviceName(site.text, event.device),
          event.clientAddress && <ClientAddress of={event.clientAddress} />,
          site.text.moments.utc({ moment: site.text.formats.moment(event.at) }),
        ]}
      />{' '}
      {event.actor && <By site={site} actor={event.actor} />}{' '}
      {event.note && (
        <span class="line">
          {site.text.console.account.because} <bdi translate="no">{event.note}</bdi>
        </span>
      )}
    </small>
  </li>
)

const By = ({ site, actor }: { site: Site; actor: string }) => {
  const { actors } = site.text.console.account
  if (actor === 'command' || actor === 'code') return <span class="line">{actors[actor]}</span>
  // Of an administrator: the id of an account, so the way to it. Anything else is the name of a key.
  const isAccount = /^[\da-f-]{36}$/.test(actor)
  return (
    <span class="line">
      {actors.administrator}{' '}
      {isAccount ? (
        <a href={`${paths.consoleAccounts}/${actor}`} translate="no">
          {actor}
        </a>
      ) : (
        <bdi translate="no">{actor}</bdi>
      )}
    </span>
  )
}

/** One that a release before this wrote may have no words any more. */
function nameOf({ text }: Site, event: string): string {
  const names: Record<string, string> = text.activity.events
  return Object.hasOwn(names, event) ? (names[event] ?? event) : event
}
