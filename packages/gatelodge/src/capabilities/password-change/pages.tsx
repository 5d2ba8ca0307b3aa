import { paths } from '../../paths.ts'
import type { Flash } from '../../web/forms/visitor-cookie.ts'
import type { Site } from '../../web/site/site.ts'
import { AccountName, Field, Form, Submit } from '../../web/ui/fields.tsx'
import { Layout } from '../../web/ui/layout.tsx'
import { NewPasswordField } from '../../web/ui/new-password-field.tsx'

interface Props {
  site: Site
  token: string
  flash: Flash
  account: { email: string; passwordChangedAt: number | null }
}

export const ChangePasswordPage = ({ site, token, flash, account }: Props) => {
  const isFirst = account.passwordChangedAt === null
  const words = isFirst ? site.text.setPassword : site.text.changePassword
  const problems = flash.form?.problems ?? []
  return (
    <Layout site={site} title={words.title} flash={flash} logOutToken={token}>
      <h1>{words.title}</h1>
      <p class="lead">{words.lead}</p>
      <Form action={paths.changePassword} token={token}>
        <AccountName site={site} email={account.email} />
        {!isFirst && (
          <Field
            site={site}
            name="current_password"
            type="password"
            autocomplete="current-password"
            problems={problems}
          />
        )}
        <NewPasswordField site={site} name="new_password" problems={problems} />
        <Submit>{words.button}</Submit>
      </Form>
      <a class="aside-link" href={paths.account}>
        {site.text.backToAccount}
      </a>
    </Layout>
  )
}
