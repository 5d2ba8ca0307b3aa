import { paths } from '../../paths.ts'
import type { Flash } from '../../web/forms/visitor-cookie.ts'
import type { Site } from '../../web/site/site.ts'
import { AccountName, Field, Form, Submit } from '../../web/ui/fields.tsx'
import { Layout } from '../../web/ui/layout.tsx'

interface Props {
  site: Site
  token: string
  flash: Flash
  email: string
  returnTo: string | undefined
}

export const ReauthenticationPage = ({ site, token, flash, email, returnTo }: Props) => (
  <Layout site={site} title={site.text.reauthenticate.title} flash={flash} logOutToken={token}>
    <h1>{site.text.reauthenticate.title}</h1>
    <p class="lead">{site.text.reauthenticate.lead}</p>
    <Form action={paths.reauthenticate} token={token} returnTo={returnTo}>
      <AccountName site={site} email={email} />
      <Field
        site={site}
        name="current_password"
        type="password"
        autocomplete="current-password"
        problems={flash.form?.problems ?? []}
      />
      <Submit>{site.text.reauthenticate.button}</Submit>
    </Form>
    <a class="aside-link" href={paths.account}>
      {site.text.backToAccount}
    </a>
  </Layout>
)
