// Behind the link of an invitation: an account is made, or one that is there takes its groups.
import { paths, withReturn } from '../../paths.ts'
import type { Flash } from '../../web/forms/visitor-cookie.ts'
import type { Site } from '../../web/site/site.ts'
import { ConnectionButtons } from '../../web/ui/connection-buttons.tsx'
import { CustomFields } from '../../web/ui/custom-fields.tsx'
import { AccountName, AddressToConfirm, Field, Form, Submit } from '../../web/ui/fields.tsx'
import { Layout } from '../../web/ui/layout.tsx'
import { NewPasswordField } from '../../web/ui/new-password-field.tsx'

interface Props {
  site: Site
  flash: Flash
}

/** Back here, once they are logged in: the link is kept meanwhile. */
const here = (site: Site) => site.basePath + paths.invitation
const logInPath = (site: Site) => withReturn(paths.login, here(site))

/** @param email the address that the invitation is for; none: the person chooses one. */
export const NewcomerPage = ({ site, flash, token, email }: Props & { token: string; email: string | undefined }) => {
  const { values = {}, problems = [] } = flash.form ?? {}
  return (
    <Layout site={site} title={site.text.invitation.title} flash={flash}>
      <h1>{site.text.invitation.title}</h1>
      <p class="lead">{email ? site.text.invitation.leadForAddress : site.text.invitation.lead}</p>
      {email && <AddressToConfirm email={email} />}
      {site.connectionsAbove && <ConnectionButtons site={site} returnTo={here(site)} />}
      <Form action={paths.invitation} token={token}>
        <Field site={site} name="name" autocomplete="name" value={values.name} problems={problems} />
        {email ? (
          <AccountName site={site} email={email} />
        ) : (
          <Field site={site} name="email" type="email" autocomplete="email" value={values.email} problems={problems} />
        )}
        <NewPasswordField site={site} name="password" problems={problems} />
        <CustomFields site={site} values={values} problems={problems} />
        <Submit>{site.text.registration.button}</Submit>
      </Form>
      {!site.connectionsAbove && <ConnectionButtons site={site} returnTo={here(site)} />}
      {!email && (
        <a class="aside-link" href={logInPath(site)}>
          {site.text.invitation.logInInstead}
        </a>
      )}
    </Layout>
  )
}

/** The address has an account. Only those who read its emails come here, so nobody else learns that. */
export const LogInToAcceptPage = ({ site, flash, email }: Props & { email: string | undefined }) => (
  <Layout site={site} title={site.text.invitation.title} flash={flash}>
    <h1>{site.text.invitation.title}</h1>
    <p class="lead">{email ? site.text.invitation.hasAccount : site.text.invitation.closed({ site: site.name })}</p>
    {email && <AddressToConfirm email={email} />}
    <a class="button" href={logInPath(site)}>
      {site.text.logIn}
    </a>
  </Layout>
)

interface OwnerProps extends Props {
  token: string
  logOutToken: string
  /** Of the account. */
  email: string
}

export const AcceptPage = ({ site, flash, token, logOutToken, email }: OwnerProps) => (
  <Layout site={site} title={site.text.invitation.acceptTitle} flash={flash} logOutToken={logOutToken}>
    <h1>{site.text.invitation.acceptTitle}</h1>
    <p class="lead">{site.text.invitation.acceptLead}</p>
    <AddressToConfirm email={email} />
    <Form action={paths.invitation} token={token}>
      <Submit>{site.text.invitation.acceptButton}</Submit>
    </Form>
  </Layout>
)

export const OtherAddressPage = ({ site, flash, logOutToken, email }: Omit<OwnerProps, 'token'>) => (
  <Layout site={site} title={site.text.invitation.acceptTitle} flash={flash} logOutToken={logOutToken}>
    <h1>{site.text.invitation.acceptTitle}</h1>
    <p class="lead">{site.text.invitation.otherAddress}</p>
    <AddressToConfirm email={email} />
  </Layout>
)
