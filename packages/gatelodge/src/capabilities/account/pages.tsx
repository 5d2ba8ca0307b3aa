import type { Child } from 'hono/jsx'
import type { RecentEvent } from '../../identity/audit/recent.ts'
import type { FoundSession } from '../../identity/sessions/lookup.ts'
import { paths } from '../../paths.ts'
import { text } from '../../text/en.ts'
import type { Flash } from '../../web/forms/visitor-cookie.ts'
import type { Site } from '../../web/site/site.ts'
import { AccountName, Field, Form, Submit } from '../../web/ui/fields.tsx'
import { Layout } from '../../web/ui/layout.tsx'
import { Moment } from '../../web/ui/moment.tsx'
import { WithName } from '../../web/ui/with-name.tsx'

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
  <Layout site={site} title={text.account.title} flash={flash} logOutToken={token}>
    <h1>
      <WithName words={text.account.greeting(name)} name={name} />
    </h1>
    <p class="lead">{text.account.lead}</p>
    <dl class="facts">
      <div>
        <dt>{text.account.name}</dt>
        <dd>
          <bdi translate="no">{name}</bdi>{' '}
          <a href={paths.profile} aria-label={text.account.changeName}>
            {text.account.change}
          </a>
        </dd>
      </div>
      <div>
        <dt>{text.account.email}</dt>
        <dd>
          <div>
            <span dir="ltr" translate="no">
              {email}
            </span>{' '}
            {verification}
            {pending}
          </div>{' '}
          <a href={paths.changeEmail} aria-label={text.account.changeEmail}>
            {text.account.change}
          </a>
        </dd>
      </div>
      {own}
      <div>
        <dt>{text.account.password}</dt>
        <dd>
          <span>{passwordAge}</span>{' '}
          <a href={paths.changePassword} aria-label={text.account.changePassword}>
            {text.account.change}
          </a>
        </dd>
      </div>
      <div>
        <dt>{text.account.devices}</dt>
        <dd>
          <span>{text.account.devicesLead}</span>{' '}
          <a href={paths.devices} aria-label={text.account.seeDevices}>
            {text.account.see}
          </a>
        </dd>
      </div>
      <div>
        <dt>{text.account.data}</dt>
        <dd>
          <span>{text.account.dataLead}</span>{' '}
          <a href={paths.export} aria-label={text.account.downloadData}>
            {text.account.download}
          </a>
        </dd>
      </div>
      <div>
        <dt>{text.account.member}</dt>
        <dd>{registered}</dd>
      </div>
    </dl>
    <h2>{text.activity.title}</h2>
    <p class="lead">{text.activity.lead}</p>
    <ol class="events">{activity}</ol>
    <a class="aside-link quiet" href={paths.deleteAccount}>
      {text.account.end}
    </a>
  </Layout>
)

/** Where the site sends no emails, nobody can show that they read them, and nothing is said of it. */
export const Verification = ({ site, isVerified }: { site: Site; isVerified: boolean }) => {
  if (isVerified) return <span class="badge">{text.account.verified}</span>
  if (site.emails === 'none') return null
  return (
    <>
      <span class="badge warn">{text.account.notVerified}</span>{' '}
      <p class="way-on">
        <a href={paths.verifyEmail}>{text.account.verify}</a>
      </p>
    </>
  )
}

export const Pending = ({ email }: { email: string | null }) =>
  email ? (
    <p class="way-on">
      <a href={paths.changeEmail}>{text.account.pending(email)}</a>
    </p>
  ) : null

/** What happened to the account of late, the newest first. */
export const Activity = ({ events, now }: { events: RecentEvent[]; now: number }) => (
  <>
    {events.map(({ event, device, at }) => (
      <li>
        <span>{text.activity.events[event]}</span>{' '}
        <small>
          {device}, <Moment at={at} now={now} />
        </small>
      </li>
    ))}
  </>
)

export const PasswordAge = ({ account, now }: { account: FoundSession['account']; now: number }) => {
  if (account.passwordChangedAt === null) return <>{text.account.passwordNone}</>
  if (account.passwordChangedAt === account.createdAt) return <>{text.account.passwordNeverChanged}</>
  return (
    <>
      {text.account.passwordChanged} <Moment at={account.passwordChangedAt} now={now} />
    </>
  )
}

export const ChangePasswordPage = ({ site, token, flash, email }: Props) => {
  const problems = flash.form?.problems ?? []
  return (
    <Layout site={site} title={text.changePassword.title} flash={flash} logOutToken={token}>
      <h1>{text.changePassword.title}</h1>
      <p class="lead">{text.changePassword.lead}</p>
      <Form action={paths.changePassword} token={token}>
        <AccountName email={email} />
        <Field name="current_password" type="password" autocomplete="current-password" problems={problems} />
        <Field
          name="new_password"
          type="password"
          autocomplete="new-password"
          hint={text.passwordHint(site.passwordMinLength)}
          problems={problems}
          least={site.passwordMinLength}
        />
        <Submit>{text.changePassword.button}</Submit>
      </Form>
      <a class="aside-link" href={paths.account}>
        {text.backToAccount}
      </a>
    </Layout>
  )
}
