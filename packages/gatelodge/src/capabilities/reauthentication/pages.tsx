import { paths } from '../../paths.ts'
import { text } from '../../text/en.ts'
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
  <Layout site={site} title={text.reauthenticate.title} flash={flash} logOutToken={token}>
    <h1>{text.reauthenticate.title}</h1>
    <p class="lead">{text.reauthenticate.lead}</p>
    <Form action={paths.reauthenticate} token={token} returnTo={returnTo}>
      <AccountName email={email} />
      <Field
        name="current_password"
        type="password"
        autocomplete="current-password"
        problems={flash.form?.problems ?? []}
      />
      <Submit>{text.reauthenticate.button}</Submit>
    </Form>
    <a class="aside-link" href={paths.account}>
      {text.backToAccount}
    </a>
  </Layout>
)
