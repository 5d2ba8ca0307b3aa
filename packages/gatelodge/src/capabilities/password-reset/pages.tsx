import { paths, withReturn } from '../../paths.ts'
import type { Flash } from '../../web/forms/visitor-cookie.ts'
import type { Site } from '../../web/site/site.ts'
import { CheckEmail, SendAgain } from '../../web/ui/check-email.tsx'
import { AccountName, Field, Form, Submit } from '../../web/ui/fields.tsx'
import { Layout } from '../../web/ui/layout.tsx'
import { NewPasswordField } from '../../web/ui/new-password-field.tsx'
import { BelowForm } from '../../web/ui/slot.tsx'
import { WithName } from '../../web/ui/with-name.tsx'

interface Props {
  site: Site
  flash: Flash
}

interface ForgotProps extends Props {
  returnTo: string | undefined
  /** What was typed on another page before. */
  email: string | undefined
}

export const ForgotPage = ({ site, flash, returnTo, email }: ForgotProps) => (
  <Layout site={site} title={site.text.forgot.title} flash={flash}>
    <h1>{site.text.forgot.title}</h1>
    <p class="lead">{site.text.forgot.lead}</p>
    <AskForm site={site} flash={flash} email={email} returnTo={returnTo} />
    <BelowForm site={site} page="forgot-password" />
    <BackToLogin site={site} returnTo={returnTo} />
  </Layout>
)

const BackToLogin = ({ site, returnTo }: Pick<ForgotProps, 'site' | 'returnTo'>) => (
  <a class="aside-link" href={withReturn(paths.login, returnTo)}>
    {site.text.forgot.back}
  </a>
)

/** The same for every address, whether or not it has an account. */
export const SentPage = ({ site, flash, returnTo, email, wait }: ForgotProps & { email: string; wait: number }) => (
  <Layout site={site} title={site.text.checkEmail.title} flash={flash}>
    <CheckEmail
      site={site}
      lead={site.text.forgot.sentLead({ email, life: site.text.formats.life(site.resetLinkLife) })}
      email={email}
      wait={wait}
    >
      <Form action={paths.forgotPassword} returnTo={returnTo}>
        <input type="hidden" name="email" value={email} />
        <SendAgain site={site} />
      </Form>
    </CheckEmail>
    <p>
      <a class="aside-link" href={withReturn(paths.forgotPassword, returnTo)}>
        {site.text.checkEmail.otherAddress}
      </a>
    </p>
    <BackToLogin site={site} returnTo={returnTo} />
  </Layout>
)

interface AskProps {
  site: Site
  flash?: Flash
  email?: string | undefined
  returnTo?: string | undefined
}

export const AskForm = ({ site, flash = {}, email, returnTo }: AskProps) => (
  <Form action={paths.forgotPassword} returnTo={returnTo}>
    <Field
      site={site}
      name="email"
      type="email"
      autocomplete="username"
      value={flash.form?.values.email ?? email}
      problems={flash.form?.problems ?? []}
    />
    <Submit>{site.text.forgot.button}</Submit>
  </Form>
)

export const ResetPage = ({ site, token, flash, email }: Props & { token: string; email: string }) => (
  <Layout site={site} title={site.text.reset.title} flash={flash}>
    <h1>{site.text.reset.title}</h1>
    <p class="lead">
      <WithName words={site.text.reset.lead({ email })} name={email} />
    </p>
    <Form action={paths.resetPassword} token={token}>
      <AccountName site={site} email={email} />
      <NewPasswordField site={site} name="new_password" problems={flash.form?.problems ?? []} />
      <Submit>{site.text.reset.button}</Submit>
    </Form>
  </Layout>
)
