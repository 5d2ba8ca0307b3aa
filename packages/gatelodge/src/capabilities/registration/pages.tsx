import { text } from '../../text/en.ts'
import { paths, withReturn } from '../../web/paths.ts'
import type { Site } from '../../web/site.ts'
import { Doors } from '../../web/ui/doors.tsx'
import { Field, Form, Submit } from '../../web/ui/fields.tsx'
import { Layout } from '../../web/ui/layout.tsx'
import type { Flash } from '../../web/visit.ts'

interface Props {
  site: Site
  token: string
  flash: Flash
  returnTo: string | undefined
}

export const RegistrationPage = ({ site, token, flash, returnTo }: Props) => {
  const { values = {}, problems = [] } = flash.form ?? {}
  const isTaken = problems.some((problem) => problem.field === 'email' && problem.code === 'taken')
  return (
    <Layout
      site={site}
      title={text.registration.title}
      flash={flash}
      doors={<Doors current="register" returnTo={returnTo} />}
    >
      <h1>{text.registration.heading}</h1>
      <p class="lead">{text.registration.lead}</p>
      <Form action={paths.register} token={token} returnTo={returnTo}>
        <input
          type="hidden"
          name="kept_email"
          value={problems.some(({ code }) => code === 'typo') ? values.email : ''}
        />
        <Field name="name" autocomplete="name" value={values.name} problems={problems} />
        <Field
          name="email"
          type="email"
          autocomplete="email"
          value={values.email}
          problems={problems}
          wayOut={isTaken && <LogInInstead returnTo={returnTo} />}
        />
        <Field
          name="password"
          type="password"
          autocomplete="new-password"
          hint={text.passwordHint(site.passwordMinLength)}
          problems={problems}
          least={site.passwordMinLength}
        />
        <Submit>{text.registration.button}</Submit>
      </Form>
    </Layout>
  )
}

const LogInInstead = ({ returnTo }: { returnTo: string | undefined }) => (
  <a class="way-out" href={withReturn(paths.login, returnTo)}>
    {text.registration.logInInstead}
  </a>
)

export const ClosedPage = ({ site, flash, returnTo }: Omit<Props, 'token'>) => (
  <Layout site={site} title={text.registration.closedTitle} flash={flash}>
    <h1>{text.registration.closedTitle}</h1>
    <p class="lead">{text.registration.closedLead(site.name)}</p>
    <a class="button" href={withReturn(paths.login, returnTo)}>
      {text.logIn}
    </a>
  </Layout>
)
