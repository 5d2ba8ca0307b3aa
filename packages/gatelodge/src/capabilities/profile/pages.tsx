import { text } from '../../text/en.ts'
import { paths } from '../../web/paths.ts'
import type { Site } from '../../web/site.ts'
import { Field, Form, Submit } from '../../web/ui/fields.tsx'
import { Layout } from '../../web/ui/layout.tsx'
import type { Flash } from '../../web/visit.ts'

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
