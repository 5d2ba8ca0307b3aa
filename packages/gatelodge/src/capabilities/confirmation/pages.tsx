import { text } from '../../text/en.ts'
import { paths } from '../../web/paths.ts'
import type { Site } from '../../web/site.ts'
import { AccountName, Field, Form, Submit } from '../../web/ui/fields.tsx'
import { Layout } from '../../web/ui/layout.tsx'
import type { Flash } from '../../web/visit.ts'

interface Props {
  site: Site
  token: string
  flash: Flash
  email: string
  returnTo: string | undefined
}

export const ConfirmPasswordPage = ({ site, token, flash, email, returnTo }: Props) => (
  <Layout site={site} title={text.confirmPassword.title} flash={flash} logOutToken={token}>
    <h1>{text.confirmPassword.title}</h1>
    <p class="lead">{text.confirmPassword.lead}</p>
    <Form action={paths.confirmPassword} token={token} returnTo={returnTo}>
      <AccountName email={email} />
      <Field
        name="current_password"
        type="password"
        autocomplete="current-password"
        problems={flash.form?.problems ?? []}
      />
      <Submit>{text.confirmPassword.button}</Submit>
    </Form>
    <a class="aside-link" href={paths.account}>
      {text.backToAccount}
    </a>
  </Layout>
)
