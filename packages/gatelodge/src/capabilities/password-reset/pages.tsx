import { paths, withReturn } from '../../paths.ts'
import type { Flash } from '../../web/forms/visitor-cookie.ts'
import type { Site } from '../../web/site/site.ts'
import { MailboxHint } from '../../web/ui/emails.tsx'
import { AccountName, Field, Form, Submit } from '../../web/ui/fields.tsx'
import { Layout } from '../../web/ui/layout.tsx'
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

/** Also what follows the question: the address stays, so that it can be corrected or asked again. */
export const ForgotPage = ({ site, flash, returnTo, email }: ForgotProps) => {
  const asked = flash.notice?.code === 'reset-asked' ? flash.notice.email : undefined
  return (
    <Layout site={site} title={site.text.forgot.title} flash={flash}>
      <h1>{site.text.forgot.title}</h1>
      <p class="lead">
        {asked
          ? site.text.forgot.sentLead({ life: site.text.formats.life(site.resetLinkLife) })
          : site.text.forgot.lead}
      </p>
      {asked && <MailboxHint site={site} />}
      <AskForm site={site} flash={flash} email={asked ?? email} returnTo={returnTo} />
      <BelowForm site={site} page="forgot-password" />
      <a class="aside-link" href={withReturn(paths.login, returnTo)}>
        {site.text.forgot.back}
      </a>
    </Layout>
  )
}

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
      <Field
        site={site}
        name="new_password"
        type="password"
        autocomplete="new-password"
        hint={site.text.passwordHint({ least: site.passwordMinLength })}
        problems={flash.form?.problems ?? []}
        least={site.passwordMinLength}
      />
      <Submit>{site.text.reset.button}</Submit>
    </Form>
  </Layout>
)
