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
  initials: string
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
  initials,
  email,
  registered,
  passwordAge,
  activity,
  verification,
  pending,
  own,
}: AccountProps) => (
  <Layout site={site} title={text.account.title} flash={flash} logOutToken={token}>
    <div class="person">
      <span class="initials" aria-hidden="true" translate="no">
        {initials}
      </span>
      <div>
        <h1>
          <WithName words={text.account.greeting(name)} name={name} />
        </h1>
        <p class="lead">{text.account.lead}</p>
      </div>
    </div>
    <h2>{text.account.profile}</h2>
    <dl class="facts">
      <Fact
        label={text.account.name}
        href={paths.profile}
        link={text.account.change}
        linkLabel={text.account.changeName}
      >
        <bdi translate="no">{name}</bdi>
      </Fact>
      <Fact
        label={text.account.email}
        href={paths.changeEmail}
        link={text.account.change}
        linkLabel={text.account.changeEmail}
      >
        <div>
          <span dir="ltr" translate="no">
            {email}
          </span>{' '}
          {verification}
          {pending}
        </div>
      </Fact>
      {own}
      <div>
        <dt>{text.account.member}</dt>
        <dd>{registered}</dd>
      </div>
    </dl>
    <h2>{text.account.security}</h2>
    <dl class="facts">
      <Fact
        label={text.account.password}
        href={paths.changePassword}
        link={text.account.change}
        linkLabel={text.account.changePassword}
      >
        <span>{passwordAge}</span>
      </Fact>
      <Fact
        label={text.account.devices}
        href={paths.devices}
        link={text.account.see}
        linkLabel={text.account.seeDevices}
      >
        <span>{text.account.devicesLead}</span>
      </Fact>
    </dl>
    <h2>{text.activity.title}</h2>
    <p class="lead">{text.activity.lead}</p>
    <ol class="events">{activity}</ol>
    <h2>{text.account.dataTitle}</h2>
    <dl class="facts">
      <Fact
        label={text.account.data}
        href={paths.export}
        link={text.account.download}
        linkLabel={text.account.downloadData}
      >
        <span>{text.account.dataLead}</span>
      </Fact>
    </dl>
    <h2>{text.account.endTitle}</h2>
    <a class="aside-link quiet" href={paths.deleteAccount}>
      {text.account.end}
    </a>
  </Layout>
)

interface FactProps {
  label: string
  href: string
  link: string
  /** Which of the links with the same word it is, for those who hear the page. */
  linkLabel: string
  children?: Child
}

/** What it is, how it stands, and the way to change it. */
const Fact = ({ label, href, link, linkLabel, children }: FactProps) => (
  <div>
    <dt>{label}</dt>
    <dd>
      {children}{' '}
      <a href={href} aria-label={linkLabel}>
        {link}
      </a>
    </dd>
  </div>
)

/** The first letters of the first and the last word of a name, as people see them (UAX 29). */
export function initialsOf(name: string): string {
  const words = name.split(/\s+/u).filter(Boolean)
  const ends = words.length > 1 ? [words[0], words.at(-1)] : words
  return ends.map((word = '') => letters.segment(word)[Symbol.iterator]().next().value?.segment ?? '').join('')
}

const letters = new Intl.Segmenter(undefined, { granularity: 'grapheme' })

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
