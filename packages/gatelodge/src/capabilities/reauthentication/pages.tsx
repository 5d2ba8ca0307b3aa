import { paths, withReturn } from '../../paths.ts'
import type { Flash } from '../../web/forms/visitor-cookie.ts'
import type { Site } from '../../web/site/site.ts'
import { AccountName, CodeField, Field, Form, Submit } from '../../web/ui/fields.tsx'
import { Layout } from '../../web/ui/layout.tsx'
import { PasskeyButton } from '../../web/ui/passkey-button.tsx'

interface Props {
  site: Site
  token: string
  flash: Flash
  email: string
  returnTo: string | undefined
  /** What is asked: the password, or a code of the second factor where there is one. */
  by: 'password' | 'app' | 'recovery-code'
  hasPasskey: boolean
}

const leadOf = ({ text }: Site, by: Props['by']): string =>
  ({
    password: text.reauthenticate.lead,
    app: text.reauthenticateByCode.lead,
    'recovery-code': text.reauthenticateByCode.recoveryLead,
  })[by]

export const ReauthenticationPage = ({ site, token, flash, email, returnTo, by, hasPasskey }: Props) => (
  <Layout site={site} title={site.text.reauthenticate.title} flash={flash} logOutToken={token}>
    <h1>{site.text.reauthenticate.title}</h1>
    <p class="lead">{leadOf(site, by)}</p>
    <Form action={paths.reauthenticate} token={token} returnTo={returnTo}>
      {by === 'password' ? (
        <>
          <AccountName site={site} email={email} />
          <Field
            site={site}
            name="current_password"
            type="password"
            autocomplete="current-password"
            problems={flash.form?.problems ?? []}
          />
        </>
      ) : (
        <CodeField
          site={site}
          name={by === 'app' ? 'code' : 'recovery_code'}
          problems={flash.form?.problems ?? []}
          autofocus
        />
      )}
      <Submit>{site.text.reauthenticate.button}</Submit>
      {hasPasskey && (
        <PasskeyButton site={site} action={paths.reauthenticate} kind="use" token={token}>
          {site.text.twoFactor.usePasskey}
        </PasskeyButton>
      )}
    </Form>
    {by !== 'password' && <OtherWay site={site} by={by} returnTo={returnTo} />}
    <a class="aside-link" href={paths.account}>
      {site.text.backToAccount}
    </a>
  </Layout>
)

/** The address of the same page for a recovery code. */
export const withRecoveryCode = (path: string) => `${path}${path.includes('?') ? '&' : '?'}by=recovery-code`

const OtherWay = ({ site, by, returnTo }: Pick<Props, 'site' | 'by' | 'returnTo'>) => {
  const path = withReturn(paths.reauthenticate, returnTo)
  return (
    <a class="aside-link" href={by === 'app' ? withRecoveryCode(path) : path}>
      {by === 'app' ? site.text.twoFactor.useRecoveryCode : site.text.twoFactor.useApp}
    </a>
  )
}
