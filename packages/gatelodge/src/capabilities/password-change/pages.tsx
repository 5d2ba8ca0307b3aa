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
