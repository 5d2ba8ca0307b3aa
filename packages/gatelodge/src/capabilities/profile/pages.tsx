import { paths } from '../../paths.ts'
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
  <Layout site={site} title={site.text.profile.title} flash={flash} logOutToken={token}>
    <h1>{site.text.profile.title}</h1>
    <p class="lead">{site.text.profile.lead}</p>
    <Form action={paths.profile} token={token}>
      <Field
        site={site}
        name="name"
        autocomplete="name"
        value={flash.form?.values.name ?? name}
        problems={flash.form?.problems ?? []}
      />
      <Submit>{site.text.profile.button}</Submit>
    </Form>
    <a class="aside-link" href={paths.account}>
      {site.text.backToAccount}
    </a>
  </Layout>
)
