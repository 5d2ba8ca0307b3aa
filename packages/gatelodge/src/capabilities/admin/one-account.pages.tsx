// One account: what can be done with it, and what is known of it.
import { paths } from '../../paths.ts'
import type { Site } from '../../web/site/site.ts'
import { type ConsoleFrame, ConsoleLayout } from '../../web/ui/console.tsx'
import { Moment } from '../../web/ui/moment.tsx'
import { Badges } from './account-badges.pages.tsx'
import type { OneAccount } from './accounts.rules.ts'
import { Events } from './activity.pages.tsx'
import { accountPath, subjectOf } from './lists.pages.tsx'
import { Devices } from './one-account-devices.pages.tsx'
import { Profile } from './one-account-profile.pages.tsx'
import { WaysIn } from './one-account-ways-in.pages.tsx'

export interface OfferedAct {
  path: string
  label: string
}

interface Props {
  frame: ConsoleFrame
  one: OneAccount
  acts: OfferedAct[]
  now: number
}

export const OneAccountPage = ({ frame, one, acts, now }: Props) => {
  const { site } = frame
  const { account } = one
  const words = site.text.console.account
  const part = { site, one, now }
  return (
    <ConsoleLayout
      frame={frame}
      title={account.name}
      isName
      lead={
        <p class="lead">
          <span dir="ltr" translate="no">
            {account.email}
          </span>{' '}
          <Badges site={site} account={account} />
        </p>
      }
      back={{ path: paths.consoleAccounts, label: site.text.console.accounts.title }}
    >
      <div class="aside-grid">
        <nav class="acts" aria-label={words.acts}>
          <h2>{words.acts}</h2>
          <ul>
            {acts.map(({ path, label }) => (
              <li>
                <a href={path}>{label}</a>
              </li>
            ))}
          </ul>
        </nav>
        <div>
          <h2>{words.profile}</h2>
          <Profile {...part} />
          <h2>{words.waysIn}</h2>
          <WaysIn {...part} />
          <h2>{words.devices}</h2>
          <Devices {...part} />
          <h2>{words.emails}</h2>
          <Emails {...part} />
          <h2>{words.activity}</h2>
          <Events site={site} events={one.events} now={now} />
          {one.events.length > 0 && (
            <a class="aside-link" href={`${accountPath(account.id)}/activity`}>
              {words.allActivity}
            </a>
          )}
        </div>
      </div>
    </ConsoleLayout>
  )
}

const Emails = ({ site, one, now }: { site: Site; one: OneAccount; now: number }) => {
  const words = site.text.console.account
  if (one.emails.length === 0) return <p>{words.noEmails}</p>
  return (
    <ol class="events">
      {one.emails.map(({ kind, at, state }) => (
        <li>
          <span>{subjectOf(site, kind)}</span>{' '}
          <small>
            {words.emailStates[state]}, <Moment site={site} at={at} now={now} />
          </small>
        </li>
      ))}
    </ol>
  )
}
