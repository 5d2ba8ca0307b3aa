import type { Child } from 'hono/jsx'
import type { RecentEvent } from '../../identity/audit/recent.ts'
import { deviceName } from '../../text/device-name.ts'
import type { Flash } from '../../web/forms/visitor-cookie.ts'
import type { Site } from '../../web/site/site.ts'
import { Layout } from '../../web/ui/layout.tsx'
import { Moment } from '../../web/ui/moment.tsx'
import { WithName } from '../../web/ui/with-name.tsx'

interface Props {
  site: Site
  token: string
  flash: Flash
  name: string
  initials: string
  /** A row for each thing that the account is made of. */
  facts: Child
  activity: Child
  /** Links below everything. */
  foot: Child
}

/** The success page: who you are, what your account is made of, and the way out. */
export const AccountPage = ({ site, token, flash, name, initials, facts, activity, foot }: Props) => (
  <Layout site={site} title={site.text.account.title} flash={flash} logOutToken={token}>
    <div class="person">
      <span class="initials" aria-hidden="true" translate="no">
        {initials}
      </span>
      <div>
        <h1>
          <WithName words={site.text.account.greeting({ name })} name={name} />
        </h1>
        <p class="lead">{site.text.account.lead}</p>
      </div>
    </div>
    <dl class="facts">{facts}</dl>
    <h2>{site.text.activity.title}</h2>
    <p class="lead">{site.text.activity.lead}</p>
    <ol class="events">{activity}</ol>
    {foot}
  </Layout>
)

/** The first letters of the first and the last word of a name, as people see them (UAX 29). */
export function initialsOf(name: string): string {
  const words = name.split(/\s+/u).filter(Boolean)
  const ends = words.length > 1 ? [words[0], words.at(-1)] : words
  return ends.map((word = '') => letters.segment(word)[Symbol.iterator]().next().value?.segment ?? '').join('')
}

const letters = new Intl.Segmenter(undefined, { granularity: 'grapheme' })

/** What happened to the account of late, the newest first. */
export const Activity = ({ site, events, now }: { site: Site; events: RecentEvent[]; now: number }) => (
  <>
    {events.map(({ event, device, at }) => (
      <li>
        <span>{site.text.activity.events[event]}</span>{' '}
        <small>
          {deviceName(site.text, device)}, <Moment site={site} at={at} now={now} />
        </small>
      </li>
    ))}
  </>
)
