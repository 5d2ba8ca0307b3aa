import { paths, withReturn } from '../../paths.ts'
import type { Flash, Prefill } from '../../web/forms/visitor-cookie.ts'
import type { Site } from '../../web/site/site.ts'
import { CancelLogin } from '../../web/ui/cancel-login.tsx'
import { ConnectionButtons } from '../../web/ui/connection-buttons.tsx'
import { Checkbox, Field, Form, Submit } from '../../web/ui/fields.tsx'
import { Layout, LogOutForm } from '../../web/ui/layout.tsx'
import { Navigation } from '../../web/ui/navigation.tsx'
import { PasskeyButton } from '../../web/ui/passkey-button.tsx'
import { BelowForm } from '../../web/ui/slot.tsx'
import { WithName } from '../../web/ui/with-name.tsx'

interface Props {
  site: Site
  flash: Flash
  returnTo: string | undefined
  /** What was typed before, here or on another page. */
  prefill?: Prefill | undefined
}

export const LoginPage = ({ site, flash, returnTo, prefill = {} }: Props) => {
  const { values, problems = [] } = flash.form ?? {}
  // Only where there is nothing above it that should be read first.
  const isBlank = !flash.notice && !flash.form
  return (
    <Layout
      site={site}
      title={site.text.login.title}
      flash={flash}
      doors={<Navigation site={site} current="login" returnTo={returnTo} />}
    >
      <h1>{site.text.login.heading}</h1>
      <p class="lead">{site.text.login.lead({ site: site.name })}</p>
      {site.connectionsAbove && <ConnectionButtons site={site} returnTo={returnTo} />}
      <Form action={paths.login} returnTo={returnTo}>
        <Field
          site={site}
          name="email"
          type="email"
          autocomplete="username webauthn"
          value={values?.email ?? prefill.email}
          autofocus={isBlank}
          problems={problems}
        />
        <div class="with-forgot">
          <Field
            site={site}
            name="password"
            type="password"
            autocomplete="current-password"
            problems={problems}
            wrongWith={problems.some(({ code }) => code === 'credentials') ? 'email' : undefined}
          />
          {/* Stands beside the label, and is reached after the password. */}
          <a class="forgot" href={withReturn(paths.forgotPassword, returnTo)}>
            {site.text.login.forgot}
          </a>
        </div>
        <Checkbox
          site={site}
          name="remember"
          hint={site.text.rememberHint({ days: site.rememberedDays })}
          checked={values ? Boolean(values.remember) : prefill.remember === true}
        />
        <Submit busy={site.text.login.busy}>{site.text.login.button}</Submit>
      </Form>
      {site.offersPasskeys && (
        <PasskeyButton
          site={site}
          action={paths.passkeyLogin}
          kind="log-in"
          unknown={flash.notice?.credential}
          label={site.text.login.passkey}
        />
      )}
      {!site.connectionsAbove && <ConnectionButtons site={site} returnTo={returnTo} />}
      <BelowForm site={site} page="login" />
    </Layout>
  )
}

interface ContinueProps extends Pick<Props, 'site' | 'flash'> {
  token: string
  email: string
}

/** Every step is passed, some of them elsewhere: a session starts with a button, never with a link. */
export const ContinuePage = ({ site, token, flash, email }: ContinueProps) => (
  <Layout site={site} title={site.text.continueLogin.title} flash={flash}>
    <h1>{site.text.continueLogin.title}</h1>
    <p class="lead">
      <WithName words={site.text.continueLogin.lead({ email })} name={email} />
    </p>
    <Form action={paths.continueLogin} token={token}>
      <Submit>{site.text.continueLogin.button}</Submit>
      <CancelLogin site={site} />
    </Form>
  </Layout>
)

interface LogoutProps extends Pick<Props, 'site' | 'flash'> {
  /** None where nobody is logged in. */
  token: string | undefined
}

/** For those who follow a link or type the address: logging out takes a button, a link may be followed by a machine. */
export const LogoutPage = ({ site, token, flash }: LogoutProps) => (
  <Layout site={site} title={site.text.logout.title} flash={flash}>
    <h1>{site.text.logout.heading}</h1>
    <p class="lead">{site.text.logout.lead}</p>
    <LogOutForm site={site} token={token} />
    <a class="aside-link" href={paths.home}>
      {site.text.logout.stay}
    </a>
  </Layout>
)
