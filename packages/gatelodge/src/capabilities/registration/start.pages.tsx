// What stands behind the link of a registration by email.
import { paths } from '../../paths.ts'
import type { Flash } from '../../web/forms/visitor-cookie.ts'
import type { Site } from '../../web/site/site.ts'
import { AccountName, AccountPassword, AddressToConfirm, Form, Submit } from '../../web/ui/fields.tsx'
import { Layout } from '../../web/ui/layout.tsx'
import { NewPasswordField } from '../../web/ui/new-password-field.tsx'
import { PasskeyButton } from '../../web/ui/passkey-button.tsx'

interface Props {
  site: Site
  token: string
  flash: Flash
  email: string
}

interface StartProps extends Props {
  /** In a browser in which nobody registered. */
  asksPassword: boolean
}

export const StartPage = ({ site, token, flash, email, asksPassword }: StartProps) => (
  <Layout site={site} title={site.text.registration.startTitle} flash={flash}>
    <Head site={site} email={email} />
    {asksPassword && <p>{site.text.registration.startPasswordLead}</p>}
    <Form action={paths.startAccount} token={token}>
      {asksPassword && <AccountPassword site={site} email={email} problems={flash.form?.problems ?? []} />}
      <Submit>{site.text.registration.startButton}</Submit>
    </Form>
  </Layout>
)

const Head = ({ site, email }: Pick<Props, 'site' | 'email'>) => (
  <>
    <h1>{site.text.registration.startTitle}</h1>
    <p class="lead">{site.text.registration.startLead}</p>
    <AddressToConfirm email={email} />
  </>
)

/** The address of the same page for a password instead. */
export const withPassword = (path: string) => `${path}?by=password`

/** For someone who registered without a password. Where the browser makes no passkey, a password is the other way. */
export const StartWithoutPasswordPage = ({ byPassword, ...props }: Props & { byPassword: boolean }) => (
  <Layout site={props.site} title={props.site.text.registration.startTitle} flash={props.flash}>
    <Head site={props.site} email={props.email} />
    {byPassword ? <NewPassword {...props} /> : <NewPasskey {...props} />}
  </Layout>
)

const NewPasskey = ({ site, token }: Props) => {
  const words = site.text.registration
  return (
    <>
      <p>{words.startPasskeyLead}</p>
      <p data-without-passkeys>{words.startPasskeyNeedsScript}</p>
      <PasskeyButton
        site={site}
        action={paths.startAccount}
        kind="add"
        token={token}
        label={words.startPasskeyButton}
        cancelled={words.startPasskeyNotMade}
      />
      <a class="aside-link" href={withPassword(paths.startAccount)}>
        {words.startWithPassword}
      </a>
    </>
  )
}

const NewPassword = ({ site, token, flash, email }: Props) => {
  const words = site.text.registration
  return (
    <>
      <Form action={paths.startAccount} token={token}>
        <AccountName site={site} email={email} />
        <NewPasswordField site={site} name="new_password" problems={flash.form?.problems ?? []} />
        <Submit>{words.startButton}</Submit>
      </Form>
      {site.offersPasskeys && (
        <a class="aside-link" href={paths.startAccount}>
          {words.startWithPasskey}
        </a>
      )}
    </>
  )
}
