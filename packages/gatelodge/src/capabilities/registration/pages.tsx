import { paths, withReturn } from '../../paths.ts'
import { spellLife, text } from '../../text/en.ts'
import type { Flash } from '../../web/forms/visitor-cookie.ts'
import type { Site } from '../../web/site/site.ts'
import { CustomFields } from '../../web/ui/custom-fields.tsx'
import { MailboxHint } from '../../web/ui/emails.tsx'
import { AccountPassword, AddressToConfirm, Field, Form, Submit } from '../../web/ui/fields.tsx'
import { Layout } from '../../web/ui/layout.tsx'
import { Navigation } from '../../web/ui/navigation.tsx'
import { BelowForm } from '../../web/ui/slot.tsx'

interface Props {
  site: Site
  flash: Flash
  returnTo: string | undefined
  /** What was typed on another page before. */
  email?: string | undefined
}

export const RegistrationPage = ({ site, flash, returnTo, email }: Props) => {
  const { values = {}, problems = [] } = flash.form ?? {}
  const isTaken = problems.some((problem) => problem.field === 'email' && problem.code === 'taken')
  return (
    <Layout
      site={site}
      title={text.registration.title}
      flash={flash}
      doors={<Navigation current="register" returnTo={returnTo} />}
    >
      <h1>{text.registration.heading}</h1>
      <p class="lead">{text.registration.lead}</p>
      <Form action={paths.register} returnTo={returnTo}>
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
          value={values.email ?? email}
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
        <CustomFields fields={site.fields} values={values} problems={problems} />
        <Submit>{text.registration.button}</Submit>
      </Form>
      <BelowForm site={site} page="register" />
    </Layout>
  )
}

const LogInInstead = ({ returnTo }: { returnTo: string | undefined }) => (
  <a class="way-out" href={withReturn(paths.login, returnTo)}>
    {text.registration.logInInstead}
  </a>
)

export const ClosedPage = ({ site, flash, returnTo }: Props) => (
  <Layout site={site} title={text.registration.closedTitle} flash={flash}>
    <h1>{text.registration.closedTitle}</h1>
    <p class="lead">{text.registration.closedLead(site.name)}</p>
    <a class="button" href={withReturn(paths.login, returnTo)}>
      {text.logIn}
    </a>
  </Layout>
)

/** The same for every address: what becomes of it stands in the email. */
export const SentPage = ({ site, flash, returnTo }: Pick<Props, 'site' | 'flash' | 'returnTo'>) => (
  <Layout site={site} title={text.registration.sentTitle} flash={flash}>
    <h1>{text.registration.sentTitle}</h1>
    <p class="lead">{text.registration.sentLead}</p>
    <p>{text.registration.sentHelp(spellLife(site.verifyLinkLife))}</p>
    <MailboxHint site={site} />
    <RegisterAgain returnTo={returnTo} />
  </Layout>
)

export const RegisterAgain = ({ returnTo }: { returnTo?: string | undefined }) => (
  <a class="button plain" href={withReturn(paths.register, returnTo)}>
    {text.register}
  </a>
)

interface StartProps extends Omit<Props, 'returnTo' | 'email'> {
  token: string
  email: string
  /** In a browser in which nobody registered. */
  asksPassword: boolean
}

export const StartPage = ({ site, token, flash, email, asksPassword }: StartProps) => (
  <Layout site={site} title={text.registration.startTitle} flash={flash}>
    <h1>{text.registration.startTitle}</h1>
    <p class="lead">{text.registration.startLead}</p>
    <AddressToConfirm email={email} />
    {asksPassword && <p>{text.registration.startPasswordLead}</p>}
    <Form action={paths.startAccount} token={token}>
      {asksPassword && <AccountPassword email={email} problems={flash.form?.problems ?? []} />}
      <Submit>{text.registration.startButton}</Submit>
    </Form>
  </Layout>
)
