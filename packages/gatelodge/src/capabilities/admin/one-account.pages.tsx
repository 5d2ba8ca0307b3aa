// One account: who it is, how its owner gets in, what happened, and what can be done.

import type { Child } from 'hono/jsx'
import { stringify } from 'uuid'
import { paths } from '../../paths.ts'
import { deviceName } from '../../text/device-name.ts'
import type { Site } from '../../web/site/site.ts'
import { Fact } from '../../web/ui/account-row.tsx'
import { type ConsoleFrame, ConsoleLayout } from '../../web/ui/console.tsx'
import { Moment } from '../../web/ui/moment.tsx'
import { Parts } from '../../web/ui/parts.tsx'
import { Badges } from './account-badges.pages.tsx'
import type { OneAccount } from './accounts.rules.ts'
import { Events } from './activity.pages.tsx'
import { subjectOf } from './lists.pages.tsx'

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

interface PartProps {
  site: Site
  one: OneAccount
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
            <a class="aside-link" href={`${pathOf(one)}/activity`}>
              {words.allActivity}
            </a>
          )}
        </div>
      </div>
    </ConsoleLayout>
  )
}

const pathOf = ({ account }: OneAccount) => `${paths.consoleAccounts}/${stringify(account.id)}`

const Profile = ({ site, one, now }: PartProps) => {
  const { account, state } = one
  const { console: words, account: own } = site.text
  return (
    <dl class="facts">
      <Fact name={words.account.state}>
        <Parts
          of={[
            words.accounts.states[state],
            account.deletesAt !== null &&
              account.deletesAt > 0 &&
              words.account.dataDeletedAt({ moment: exactly(site, account.deletesAt) }),
          ]}
        />
      </Fact>
      <Fact name={own.email}>
        <span>
          <bdi translate="no">{account.email}</bdi>{' '}
          {account.verifiedAt === null ? (
            <span class="badge warn">{own.notVerified}</span>
          ) : (
            <span class="badge">{own.verified}</span>
          )}
          {account.pendingEmail !== null && <p class="way-on">{own.pending({ email: account.pendingEmail })}</p>}
        </span>
      </Fact>
      <Fact name={own.member}>
        <span>
          <Moment site={site} at={account.createdAt} now={now} />
        </span>
      </Fact>
      <Fact name={own.groups}>
        <span translate="no">{account.groups.join(', ') || '–'}</span>
      </Fact>
      {site.fields
        .filter(({ name }) => account.fields[name] !== undefined)
        .map(({ name, label }) => (
          <Fact name={label}>
            <span>{fieldValue(site, account.fields[name])}</span>
          </Fact>
        ))}
      <Fact name={words.account.id}>
        <span class="code" translate="no">
          {stringify(account.id)}
        </span>
      </Fact>
    </dl>
  )
}

function fieldValue({ text }: Site, value: string | boolean | undefined): string {
  if (typeof value === 'string') return value
  return value ? text.yes : text.no
}

const exactly = ({ text }: Site, at: number) => text.moments.utc({ moment: text.formats.moment(at) })

const WaysIn = ({ site, one, now }: PartProps) => {
  const { account, app, passkeys, connections, recoveryCodesLeft } = one
  const { console: words, account: own } = site.text
  return (
    <dl class="facts">
      <Fact name={own.password}>
        {account.passwordChangedAt === null ? (
          <span>{own.passwordNone}</span>
        ) : (
          <Parts
            of={[
              <>
                {own.passwordChanged} <Moment site={site} at={account.passwordChangedAt} now={now} />
              </>,
              account.passwordDemandedAt !== null && words.account.newPasswordRequired,
            ]}
          />
        )}
      </Fact>
      <Fact name={own.twoFactor}>
        {app ? (
          <Parts
            of={[
              <>
                {words.account.appSince} <Moment site={site} at={app.createdAt} now={now} />
              </>,
              words.account.codesLeft({ left: recoveryCodesLeft }),
            ]}
          />
        ) : (
          <span>{own.twoFactorOff}</span>
        )}
      </Fact>
      <Fact name={site.text.passkeys.title}>
        <span>
          {passkeys.length === 0
            ? words.account.noPasskeys
            : passkeys.map((key) => (
                <Parts
                  of={[
                    <bdi translate="no">{key.name}</bdi>,
                    <>
                      {site.text.passkeys.made} <Moment site={site} at={key.createdAt} now={now} />
                    </>,
                  ]}
                />
              ))}
        </span>
      </Fact>
      {connections.length > 0 && (
        <Fact name={site.text.connections.title}>
          <span>
            {connections.map(({ id, provider, email, createdAt }) => (
              <Parts
                of={[
                  <bdi translate="no">{email === null ? provider : `${provider} ${email}`}</bdi>,
                  <>
                    {site.text.connections.connected} <Moment site={site} at={createdAt} now={now} />
                  </>,
                  <a
                    href={`${pathOf(one)}/remove-connection?connection=${id}`}
                    aria-label={site.text.connections.disconnectThis({ provider, email: email ?? '' })}
                  >
                    {words.acts['remove-connection'].link}
                  </a>,
                ]}
              />
            ))}
          </span>
        </Fact>
      )}
    </dl>
  )
}

const Devices = ({ site, one, now }: PartProps) => {
  const { shown, hasMore } = one.devices
  const words = site.text.devices
  if (shown.length === 0) return <p>{site.text.console.account.noDevices}</p>
  return (
    <>
      <ul class="devices">
        {shown.map((device) => {
          const name = deviceName(site.text, device.device)
          return (
            <li>
              <div>
                <p>
                  <b>{name}</b>
                </p>
                <small>
                  <Place>{device.clientAddress}</Place>
                  <span class="part">
                    {words.since} <Moment site={site} at={device.since} now={now} /> ·
                  </span>{' '}
                  <span class="part">
                    {words.lastUsed} <Moment site={site} at={device.lastUsed} now={now} />
                  </span>
                </small>
              </div>
              {device.id && (
                <a
                  class="button plain small"
                  href={`${pathOf(one)}/end-session?session=${device.id}`}
                  aria-label={words.endThis({ device: name })}
                >
                  {words.end}
                </a>
              )}
            </li>
          )
        })}
      </ul>
      {hasMore && <p class="hint">{site.text.console.account.moreDevices}</p>}
    </>
  )
}

const Place = ({ children }: { children?: Child }) =>
  children ? (
    <>
      <span class="part">
        <span dir="ltr" translate="no">
          {children}
        </span>{' '}
        ·
      </span>{' '}
    </>
  ) : null

const Emails = ({ site, one, now }: PartProps) => {
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
