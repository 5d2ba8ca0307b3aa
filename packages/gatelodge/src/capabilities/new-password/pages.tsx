import { paths } from '../../paths.ts'
import type { Flash } from '../../web/forms/visitor-cookie.ts'
import type { Site } from '../../web/site/site.ts'
import { CancelLogin } from '../../web/ui/cancel-login.tsx'
import { AccountName, Form, Submit } from '../../web/ui/fields.tsx'
import { Layout } from '../../web/ui/layout.tsx'
import { NewPasswordField } from '../../web/ui/new-password-field.tsx'

interface Props {
  site: Site
  token: string
  flash: Flash
  email: string
}

export const NewPasswordPage = ({ site, token, flash, email }: Props) => {
  const words = site.text.newPassword
  return (
    <Layout site={site} title={words.title} flash={flash}>
      <h1>{words.title}</h1>
      <p class="lead">{words.lead}</p>
      <Form action={paths.newPassword} token={token}>
        <AccountName site={site} email={email} />
        <NewPasswordField site={site} name="new_password" problems={flash.form?.problems ?? []} />
        <Submit>{words.button}</Submit>
        <CancelLogin site={site} />
      </Form>
    </Layout>
  )
}
