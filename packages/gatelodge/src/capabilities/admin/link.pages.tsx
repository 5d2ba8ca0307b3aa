// Behind the one-time link: log in first, then become an administrator.
import { paths, withReturn } from '../../paths.ts'
import type { Flash } from '../../web/forms/visitor-cookie.ts'
import type { Site } from '../../web/site/site.ts'
import { AddressToConfirm, Form, Submit } from '../../web/ui/fields.tsx'
import { Layout } from '../../web/ui/layout.tsx'

interface Props {
  site: Site
  flash: Flash
}

export const LogInFirstPage = ({ site, flash, canRegister }: Props & { canRegister: boolean }) => {
  const back = site.basePath + paths.becomeAdministrator
  return (
    <Layout site={site} title={site.text.becomeAdministrator.title} flash={flash}>
      <h1>{site.text.becomeAdministrator.title}</h1>
      <p class="lead">{site.text.becomeAdministrator.logInFirst}</p>
      <a class="button" href={withReturn(paths.login, back)}>
        {site.text.logIn}
      </a>{' '}
      {canRegister && (
        <a class="button plain" href={withReturn(paths.register, back)}>
          {site.text.becomeAdministrator.register}
        </a>
      )}
    </Layout>
  )
}

export const BecomePage = ({
  site,
  flash,
  token,
  logOutToken,
  email,
}: Props & { token: string; logOutToken: string; email: string }) => (
  <Layout site={site} title={site.text.becomeAdministrator.title} flash={flash} logOutToken={logOutToken}>
    <h1>{site.text.becomeAdministrator.title}</h1>
    <AddressToConfirm email={email} />
    <p class="lead">{site.text.becomeAdministrator.lead}</p>
    <Form action={paths.becomeAdministrator} token={token}>
      <Submit>{site.text.becomeAdministrator.button}</Submit>
    </Form>
    <p class="hint">{site.text.becomeAdministrator.hint}</p>
  </Layout>
)
