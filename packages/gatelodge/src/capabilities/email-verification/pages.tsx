import { paths } from '../../paths.ts'
import { text, waitText } from '../../text/en.ts'
import type { Flash } from '../../web/forms/visitor-cookie.ts'
import type { Site } from '../../web/site/site.ts'
import { CancelLogin } from '../../web/ui/cancel-login.tsx'
import { MailboxHint } from '../../web/ui/emails.tsx'
import { AccountPassword, AddressToConfirm, Form, Submit } from '../../web/ui/fields.tsx'
import { Layout } from '../../web/ui/layout.tsx'
import { LogInButton } from '../../web/ui/navigation.tsx'
import { WithName } from '../../web/ui/with-name.tsx'

const words = text.verification

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
  <Layout site={site} title={words.title} flash={flash} logOutToken={logOutToken}>
    <h1>{words.title}</h1>
    <p class="lead">
      <WithName words={words.waitingLead(email)} name={email} />
    </p>
    <p>{words.waitingHelp}</p>
    {!logOutToken && <p>{words.gateHelp}</p>}
    <MailboxHint site={site} />
    {pause !== undefined && <p id="email">{words.pause(waitText(Math.max(1, Math.ceil(pause / 1000))))}</p>}
    <Form action={paths.verifyEmail} token={token}>
      <button type="submit" class="button plain">
        {words.sendAgain}
      </button>
      {!logOutToken && <CancelLogin />}
    </Form>
    {logOutToken && (
      <a class="aside-link" href={paths.changeEmail}>
        {words.otherAddress}
      </a>
    )}
  </Layout>
)

interface ConfirmProps extends Props {
  /** In a browser that the account does not know. */
  asksPassword: boolean
}

export const ConfirmPage = ({ site, token, flash, email, asksPassword }: ConfirmProps) => (
  <Layout site={site} title={words.title} flash={flash}>
    <h1>{words.title}</h1>
    <p class="lead">{words.lead}</p>
    <AddressToConfirm email={email} />
    {asksPassword && <p>{words.passwordLead}</p>}
    <Form action={paths.confirmVerification} token={token}>
      {asksPassword && <AccountPassword email={email} problems={flash.form?.problems ?? []} />}
      <Submit>{words.button}</Submit>
    </Form>
    {asksPassword && (
      <a class="aside-link" href={paths.forgotPassword}>
        {words.notMine}
      </a>
    )}
  </Layout>
)

export const DonePage = ({ site, email, isLoggedIn }: { site: Site; email: string; isLoggedIn: boolean }) => (
  <Layout site={site} title={words.doneTitle}>
    <h1>{words.doneTitle}</h1>
    <AddressToConfirm email={email} />
    <p>{words.doneLead}</p>
    {isLoggedIn ? <AccountButton /> : <LogInButton />}
  </Layout>
)

const AccountButton = () => (
  <a class="button" href={paths.account}>
    {text.backToAccount}
  </a>
)
