import { paths } from '../../paths.ts'
import type { Flash } from '../../web/forms/visitor-cookie.ts'
import type { Site } from '../../web/site/site.ts'
import { CancelLogin } from '../../web/ui/cancel-login.tsx'
import { MailboxHint } from '../../web/ui/emails.tsx'
import { AccountPassword, AddressToConfirm, Form, Submit } from '../../web/ui/fields.tsx'
import { Layout } from '../../web/ui/layout.tsx'
import { LogInButton } from '../../web/ui/navigation.tsx'
import { WithName } from '../../web/ui/with-name.tsx'

interface Props {
  site: Site
  token: string
  flash: Flash
  email: string
}

interface WaitingProps extends Props {
  /** Set where someone is logged in. */
  logOutToken: string | undefined
  /** In milliseconds: an email left a moment ago, and the next may leave after that. */
  pause: number | undefined
}

/** Open the link in the email; or have another one sent. */
export const WaitingPage = ({ site, token, logOutToken, flash, email, pause }: WaitingProps) => (
  <Layout site={site} title={site.text.verification.title} flash={flash} logOutToken={logOutToken}>
    <h1>{site.text.verification.title}</h1>
    <p class="lead">
      <WithName words={site.text.verification.waitingLead({ email })} name={email} />
    </p>
    <p>{site.text.verification.waitingHelp}</p>
    {!logOutToken && <p>{site.text.verification.gateHelp}</p>}
    <MailboxHint site={site} />
    {pause !== undefined && (
      <p id="email">{site.text.verification.pause({ wait: site.text.formats.wait(Math.max(1000, pause)) })}</p>
    )}
    <Form action={paths.verifyEmail} token={token}>
      <button type="submit" class="button plain">
        {site.text.verification.sendAgain}
      </button>
      {!logOutToken && <CancelLogin site={site} />}
    </Form>
    {logOutToken && (
      <a class="aside-link" href={paths.changeEmail}>
        {site.text.verification.otherAddress}
      </a>
    )}
  </Layout>
)

interface ConfirmProps extends Props {
  /** In a browser that the account does not know. */
  asksPassword: boolean
}

export const ConfirmPage = ({ site, token, flash, email, asksPassword }: ConfirmProps) => (
  <Layout site={site} title={site.text.verification.title} flash={flash}>
    <h1>{site.text.verification.title}</h1>
    <p class="lead">{site.text.verification.lead}</p>
    <AddressToConfirm email={email} />
    {asksPassword && <p>{site.text.verification.passwordLead}</p>}
    <Form action={paths.confirmVerification} token={token}>
      {asksPassword && <AccountPassword site={site} email={email} problems={flash.form?.problems ?? []} />}
      <Submit>{site.text.verification.button}</Submit>
    </Form>
    {asksPassword && (
      <a class="aside-link" href={paths.forgotPassword}>
        {site.text.verification.notMine}
      </a>
    )}
  </Layout>
)

export const DonePage = ({ site, email, isLoggedIn }: { site: Site; email: string; isLoggedIn: boolean }) => (
  <Layout site={site} title={site.text.verification.doneTitle}>
    <h1>{site.text.verification.doneTitle}</h1>
    <AddressToConfirm email={email} />
    <p>{site.text.verification.doneLead}</p>
    {isLoggedIn ? <AccountButton site={site} /> : <LogInButton site={site} />}
  </Layout>
)

const AccountButton = ({ site }: Pick<Props, 'site'>) => (
  <a class="button" href={paths.account}>
    {site.text.backToAccount}
  </a>
)
