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
}

export const ChangePasswordPage = ({ site, token, flash, email }: Props) => {
  const problems = flash.form?.problems ?? []
  return (
    <Layout site={site} title={site.text.changePassword.title} flash={flash} logOutToken={token}>
      <h1>{site.text.changePassword.title}</h1>
      <p class="lead">{site.text.changePassword.lead}</p>
      <Form action={paths.changePassword} token={token}>
        <AccountName site={site} email={email} />
        <Field
          site={site}
          name="current_password"
          type="password"
          autocomplete="current-password"
          problems={problems}
        />
        <Field
          site={site}
          name="new_password"
          type="password"
          autocomplete="new-password"
          hint={site.text.passwordHint({ least: site.passwordMinLength })}
          problems={problems}
          least={site.passwordMinLength}
        />
        <Submit>{site.text.changePassword.button}</Submit>
      </Form>
      <a class="aside-link" href={paths.account}>
        {site.text.backToAccount}
      </a>
    </Layout>
  )
}
