import { paths } from '../../paths.ts'
import { text } from '../../text/en.ts'
import type { Flash } from '../../web/forms/visitor-cookie.ts'
import type { Site } from '../../web/site/site.ts'
import { Field, Form, Submit } from '../../web/ui/fields.tsx'
import { Layout } from '../../web/ui/layout.tsx'

export const ProfilePage = ({
  site,
  token,
  flash,
  name,
}: {
  site: Site
  token: string
  flash: Flash
  name: string
}) => (
  <Layout site={site} title={text.profile.title} flash={flash} logOutToken={token}>
    <h1>{text.profile.title}</h1>
    <p class="lead">{text.profile.lead}</p>
    <Form action={paths.profile} token={token}>
      <Field
        name="name"
        autocomplete="name"
        value={flash.form?.values.name ?? name}
        problems={flash.form?.problems ?? []}
      />
      <Submit>{text.profile.button}</Submit>
    </Form>
    <a class="aside-link" href={paths.account}>
      {text.backToAccount}
    </a>
  </Layout>
)
