import { paths } from '../../paths.ts'
import type { Flash } from '../../web/forms/visitor-cookie.ts'
import type { Site } from '../../web/site/site.ts'
import { CancelLogin } from '../../web/ui/cancel-login.tsx'
import { CheckEmail, SendAgain } from '../../web/ui/check-email.tsx'
import { AccountPassword, AddressToConfirm, Form, Submit } from '../../web/ui/fields.tsx'
import { Layout } from '../../web/ui/layout.tsx'
import { LogInButton } from '../../web/ui/navigation.tsx'

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
  <Layout site={site} title={site.text.checkEmail.title} flash={flash} logOutToken={logOutToken}>
    <CheckEmail site={site} lead={site.text.verification.waitingLead({ email })} email={email} wait={pause}>
      {!logOutToken && <p>{site.text.verification.gateHelp}</p>}
      <Form action={paths.verifyEmail} token={token}>
        <SendAgain site={site} />
        {!logOutToken && <CancelLogin site={site} />}
      </Form>
    </CheckEmail>
    {logOutToken && (
      <a class="aside-link" href={paths.changeEmail}>
        {site.text.checkEmail.otherAddress}
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
