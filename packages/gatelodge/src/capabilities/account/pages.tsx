import type { Child } from 'hono/jsx'
import type { RecentEvent } from '../../identity/audit/recent.ts'
import type { FoundSession } from '../../identity/sessions/lookup.ts'
import { paths } from '../../paths.ts'
import { deviceName } from '../../text/device-name.ts'
import type { Flash } from '../../web/forms/visitor-cookie.ts'
import type { Site } from '../../web/site/site.ts'
import { AccountName, Field, Form, Submit } from '../../web/ui/fields.tsx'
import { Layout } from '../../web/ui/layout.tsx'
import { Moment } from '../../web/ui/moment.tsx'

interface Props {
  site: Site
  token: string
  flash: Flash
  email: string
}

interface AccountProps extends Props {
  name: string
  /** When the account was made and its password chosen, as people say it. */
  registered: Child
  passwordAge: Child
  activity: Child
  /** Whether emails reach the address, and what to do. */
  verification: Child
  /** A new address that waits for its confirmation. */
  pending: Child
  /** What the site asked at registration. */
  own: Child
}

/** The success page: who you are, what your account is made of, and the way out. */
export const AccountPage = ({
  site,
  token,
  flash,
  name,
  email,
  registered,
  passwordAge,
  activity,
  verification,
  pending,
  own,
}: AccountProps) => (
  <Layout site={site} title={site.text.account.title} flash={flash} logOutToken={token}>
    <h1>{site.text.account.greeting({ name })}</h1>
    <p class="lead">{site.text.account.lead}</p>
    <dl class="facts">
      <div>
        <dt>{site.text.account.name}</dt>
        <dd>
          <span>{name}</span>{' '}
          <a href={paths.profile} aria-label={site.text.account.changeName}>
            {site.text.account.change}
          </a>
        </dd>
      </div>
      <div>
        <dt>{site.text.account.email}</dt>
        <dd>
          <div>
            <span dir="ltr">{email}</span> {verification}
            {pending}
          </div>{' '}
          <a href={paths.changeEmail} aria-label={site.text.account.changeEmail}>
            {site.text.account.change}
          </a>
        </dd>
      </div>
      {own}
      <div>
        <dt>{site.text.account.password}</dt>
        <dd>
          <span>{passwordAge}</span>{' '}
          <a href={paths.changePassword} aria-label={site.text.account.changePassword}>
            {site.text.account.change}
          </a>
        </dd>
      </div>
      <div>
        <dt>{site.text.account.devices}</dt>
        <dd>
          <span>{site.text.account.devicesLead}</span>{' '}
          <a href={paths.devices} aria-label={site.text.account.seeDevices}>
            {site.text.account.see}
          </a>
        </dd>
      </div>
      <div>
        <dt>{site.text.account.data}</dt>
        <dd>
          <span>{site.text.account.dataLead}</span>{' '}
          <a href={paths.export} aria-label={site.text.account.downloadData}>
            {site.text.account.download}
          </a>
        </dd>
      </div>
      <div>
        <dt>{site.text.account.member}</dt>
        <dd>{registered}</dd>
      </div>
    </dl>
    <h2>{site.text.activity.title}</h2>
    <p class="lead">{site.text.activity.lead}</p>
    <ol class="events">{activity}</ol>
    <a class="aside-link quiet" href={paths.deleteAccount}>
      {site.text.account.end}
    </a>
  </Layout>
)

/** Where the site sends no emails, nobody can show that they read them, and nothing is said of it. */
export const Verification = ({ site, isVerified }: { site: Site; isVerified: boolean }) => {
  if (isVerified) return <span class="badge">{site.text.account.verified}</span>
  if (site.emails === 'none') return null
  return (
    <>
      <span class="badge warn">{site.text.account.notVerified}</span>{' '}
      <p class="way-on">
        <a href={paths.verifyEmail}>{site.text.account.verify}</a>
      </p>
    </>
  )
}

export const Pending = ({ site, email }: { site: Site; email: string | null }) =>
  email ? (
    <p class="way-on">
      <a href={paths.changeEmail}>{site.text.account.pending({ email })}</a>
    </p>
  ) : null

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

export const PasswordAge = ({ site, account, now }: { site: Site; account: FoundSession['account']; now: number }) => {
  if (account.passwordChangedAt === null) return <>{site.text.account.passwordNone}</>
  if (account.passwordChangedAt === account.createdAt) return <>{site.text.account.passwordNeverChanged}</>
  return (
    <>
      {site.text.account.passwordChanged} <Moment site={site} at={account.passwordChangedAt} now={now} />
    </>
  )
}

export const ChangePasswordPage = ({ site, token, flash, email }: Props) => {
  const problems = flash.form?.problems ?? []
  return (
    <Layout site={site} title={site.text.changePassword.title} flash={flash} logOutToken={token}>
      <h1>{site.text.changePassword.title}</h1>
      <p class="lead">{site.text.changePassword.lead}</p>
      <Form action={paths.changePassword} token={token}>
        <AccountName site={site} email={email} />
        <Field
          site={site}
          name="current_password"
          type="password"
          autocomplete="current-password"
          problems={problems}
        />
        <Field
          site={site}
          name="new_password"
          type="password"
          autocomplete="new-password"
          hint={site.text.passwordHint({ least: site.passwordMinLength })}
          problems={problems}
          least={site.passwordMinLength}
        />
        <Submit>{site.text.changePassword.button}</Submit>
      </Form>
      <a class="aside-link" href={paths.account}>
        {site.text.backToAccount}
      </a>
    </Layout>
  )
}
