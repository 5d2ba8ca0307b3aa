import { paths, withReturn } from '../../paths.ts'
import type { Flash, Prefill } from '../../web/forms/visitor-cookie.ts'
import type { Site } from '../../web/site/site.ts'
import { CheckEmail, SendAgain } from '../../web/ui/check-email.tsx'
import { ConnectionButtons } from '../../web/ui/connection-buttons.tsx'
import { CustomFields } from '../../web/ui/custom-fields.tsx'
import { Field, Form, Submit } from '../../web/ui/fields.tsx'
import { Layout } from '../../web/ui/layout.tsx'
import { KeptAddress, UseMeant } from '../../web/ui/meant-address.tsx'
import { Navigation } from '../../web/ui/navigation.tsx'
import { NewPasswordField } from '../../web/ui/new-password-field.tsx'
import { BelowForm } from '../../web/ui/slot.tsx'

interface Props {
  site: Site
  flash: Flash
  returnTo: string | undefined
  /** What was typed before, here or on another page. */
  prefill?: Prefill | undefined
}

export const RegistrationPage = ({ site, flash, returnTo, prefill }: Props) => {
  const { values = {}, problems = [] } = flash.form ?? {}
  const isTaken = problems.some((problem) => problem.field === 'email' && problem.code === 'taken')
  return (
    <Layout
      site={site}
      title={site.text.registration.title}
      flash={flash}
      doors={<Navigation site={site} current="register" returnTo={returnTo} />}
    >
      <h1>{site.text.registration.heading}</h1>
      <p class="lead">{site.text.registration.lead}</p>
      {site.connectionsAbove && <ConnectionButtons site={site} returnTo={returnTo} />}
      <Form action={paths.register} returnTo={returnTo}>
        <KeptAddress problems={problems} email={values.email} button={site.text.registration.button} />
        <Field site={site} name="name" autocomplete="name" value={values.name ?? prefill?.name} problems={problems} />
        <Field
          site={site}
          name="email"
          type="email"
          autocomplete="email"
          value={values.email ?? prefill?.email}
          problems={problems}
          wayOut={
            isTaken ? <LogInInstead site={site} returnTo={returnTo} /> : <UseMeant site={site} problems={problems} />
          }
        />
        <NewPasswordField site={site} name="password" problems={problems} />
        <CustomFields site={site} values={values} problems={problems} />
        <Submit>{site.text.registration.button}</Submit>
        {site.offersPasskeys && site.emails !== 'none' && <OfferPasskey site={site} />}
      </Form>
      {!site.connectionsAbove && <ConnectionButtons site={site} returnTo={returnTo} />}
      <BelowForm site={site} page="register" />
    </Layout>
  )
}

/** The script makes the button, where the browser knows passkeys: nobody else sees anything of it. */
const OfferPasskey = ({ site }: Pick<Props, 'site'>) => (
  <div hidden data-passkey-offer data-action={paths.registerPasskey} data-label={site.text.registration.withPasskey} />
)

const LogInInstead = ({ site, returnTo }: Pick<Props, 'site' | 'returnTo'>) => (
  <a class="way-out" href={withReturn(paths.login, returnTo)}>
    {site.text.registration.logInInstead}
  </a>
)

/** Nobody can register, or only people who have an invitation. */
export const ClosedPage = ({ site, flash, returnTo, mode }: Props & { mode: 'closed' | 'invitation' }) => {
  const { closedTitle, closedLead, invitationTitle, invitationLead } = site.text.registration
  const [title, lead] = mode === 'closed' ? [closedTitle, closedLead] : [invitationTitle, invitationLead]
  return (
    <Layout site={site} title={title} flash={flash}>
      <h1>{title}</h1>
      <p class="lead">{lead({ site: site.name })}</p>
      <a class="button" href={withReturn(paths.login, returnTo)}>
        {site.text.logIn}
      </a>
    </Layout>
  )
}

interface SentProps extends Props {
  email: string
  wait: number
  /** Behind an invitation, whose link this browser has. */
  isInvited: boolean
}

/** The same for every address: what becomes of it stands in the email. */
export const SentPage = ({ site, flash, returnTo, email, wait, isInvited }: SentProps) => (
  <Layout site={site} title={site.text.checkEmail.title} flash={flash}>
    <CheckEmail
      site={site}
      lead={site.text.registration.sentLead({ email, life: site.text.formats.life(site.verifyLinkLife) })}
      email={email}
      wait={wait}
    >
      <Form action={paths.registerSent}>
        <SendAgain site={site} />
      </Form>
    </CheckEmail>
    <a class="aside-link" href={isInvited ? paths.invitation : withReturn(paths.register, returnTo)}>
      {site.text.checkEmail.otherAddress}
    </a>
  </Layout>
)

export const RegisterAgain = ({ site, returnTo }: { site: Site; returnTo?: string | undefined }) => (
  <a class="button" href={withReturn(paths.register, returnTo)}>
    {site.text.register}
  </a>
)
