import { paths, withReturn } from '../../paths.ts'
import { text } from '../../text/en.ts'
import type { Flash } from '../../web/forms/visitor-cookie.ts'
import type { Site } from '../../web/site/site.ts'
import { AccountName, CodeField, Field, Form, Submit } from '../../web/ui/fields.tsx'
import { Layout } from '../../web/ui/layout.tsx'

interface Props {
  site: Site
  token: string
  flash: Flash
  email: string
  returnTo: string | undefined
  /** What is asked: the password, or a code of the second factor where there is one. */
  by: 'password' | 'app' | 'recovery-code'
}

const leads = {
  password: text.reauthenticate.lead,
  app: text.reauthenticateByCode.lead,
  'recovery-code': text.reauthenticateByCode.recoveryLead,
}

export const ReauthenticationPage = ({ site, token, flash, email, returnTo, by }: Props) => (
  <Layout site={site} title={text.reauthenticate.title} flash={flash} logOutToken={token}>
    <h1>{text.reauthenticate.title}</h1>
    <p class="lead">{leads[by]}</p>
    <Form action={paths.reauthenticate} token={token} returnTo={returnTo}>
      {by === 'password' ? (
        <>
          <AccountName email={email} />
          <Field
            name="current_password"
            type="password"
            autocomplete="current-password"
            problems={flash.form?.problems ?? []}
          />
        </>
      ) : (
        <CodeField name={by === 'app' ? 'code' : 'recovery_code'} problems={flash.form?.problems ?? []} autofocus />
      )}
      <Submit>{text.reauthenticate.button}</Submit>
    </Form>
    {by !== 'password' && <OtherWay by={by} returnTo={returnTo} />}
    <a class="aside-link" href={paths.account}>
      {text.backToAccount}
    </a>
  </Layout>
)

/** The address of the same page for a recovery code. */
export const withRecoveryCode = (path: string) => `${path}${path.includes('?') ? '&' : '?'}by=recovery-code`

const OtherWay = ({ by, returnTo }: Pick<Props, 'by' | 'returnTo'>) => {
  const path = withReturn(paths.reauthenticate, returnTo)
  return (
    <a class="aside-link" href={by === 'app' ? withRecoveryCode(path) : path}>
      {by === 'app' ? text.twoFactor.useRecoveryCode : text.twoFactor.useApp}
    </a>
  )
}
