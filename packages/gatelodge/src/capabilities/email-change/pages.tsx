import { paths, withReturn } from '../../paths.ts'
import type { Flash } from '../../web/forms/visitor-cookie.ts'
import type { Site } from '../../web/site/site.ts'
import { MailboxHint } from '../../web/ui/emails.tsx'
import { AddressToConfirm, Field, Form, Submit } from '../../web/ui/fields.tsx'
import { Layout } from '../../web/ui/layout.tsx'
import { KeptAddress, UseMeant } from '../../web/ui/meant-address.tsx'

interface Props {
  site: Site
  token: string
  flash: Flash
  email: string
}

export const ChangeEmailPage = ({ site, token, flash, email, pending }: Props & { pending: string | null }) => (
  <Layout site={site} title={site.text.changeEmail.title} flash={flash} logOutToken={token}>
    <h1>{site.text.changeEmail.title}</h1>
    <p class="lead">{site.text.changeEmail.lead({ email })}</p>
    {pending && <Pending site={site} token={token} email={pending} />}
    <Form action={paths.changeEmail} token={token}>
      <KeptAddress
        problems={flash.form?.problems}
        email={flash.form?.values.new_email}
        button={site.text.changeEmail.button}
      />
      <Field
        site={site}
        name="new_email"
        type="email"
        autocomplete="email"
        value={flash.form?.values.new_email}
        hint={site.text.changeEmail.hint}
        problems={flash.form?.problems ?? []}
        wayOut={<UseMeant site={site} problems={flash.form?.problems} />}
      />
      <Submit>{site.text.changeEmail.button}</Submit>
    </Form>
    <a class="aside-link" href={paths.account}>
      {site.text.backToAccount}
    </a>
  </Layout>
)

const Pending = ({ site, token, email }: Pick<Props, 'site' | 'token' | 'email'>) => (
  <section class="pending">
    <h2>{site.text.changeEmail.pendingTitle}</h2>
    <p>{site.text.changeEmail.pendingLead({ email })}</p>
    <MailboxHint site={site} />
    <Form action={paths.changeEmail} token={token} plain>
      <button type="submit" class="button plain small" name="action" value="again">
        {site.text.changeEmail.again}
      </button>{' '}
      <button type="submit" class="button plain small" name="action" value="cancel">
        {site.text.changeEmail.cancel}
      </button>
    </Form>
  </section>
)

export const ConfirmEmailPage = ({ site, token, flash, email }: Props) => (
  <Layout site={site} title={site.text.confirmEmail.title} flash={flash} logOutToken={token}>
    <h1>{site.text.confirmEmail.title}</h1>
    <p class="lead">{site.text.confirmEmail.lead}</p>
    <AddressToConfirm email={email} />
    <Form action={paths.confirmEmail} token={token}>
      <Submit>{site.text.confirmEmail.button}</Submit>
    </Form>
  </Layout>
)

/** For a browser that is not logged in to that account: the link is kept until it is. */
export const LogInToConfirmPage = ({
  site,
  flash,
  logOutToken,
}: Pick<Props, 'site' | 'flash'> & { logOutToken: string | undefined }) => (
  <Layout site={site} title={site.text.confirmEmail.title} flash={flash} logOutToken={logOutToken}>
    <h1>{site.text.confirmEmail.title}</h1>
    <p class="lead">{logOutToken ? site.text.confirmEmail.otherAccount : site.text.confirmEmail.logInFirst}</p>
    {!logOutToken && (
      <a class="button" href={withReturn(paths.login, site.basePath + paths.confirmEmail)}>
        {site.text.logIn}
      </a>
    )}
  </Layout>
)

export const ChangedPage = ({ site, email }: Pick<Props, 'site' | 'email'>) => (
  <Layout site={site} title={site.text.verification.doneTitle}>
    <h1>{site.text.verification.doneTitle}</h1>
    <AddressToConfirm email={email} />
    <p>{site.text.verification.doneLead}</p>
    <a class="button" href={paths.home}>
      {site.text.frontPage}
    </a>
  </Layout>
)

/** Whose account it is stays unsaid: the address is typed by anyone who had the email. */
export const UndoPage = ({ site, token, flash }: Omit<Props, 'email'>) => (
  <Layout site={site} title={site.text.undoEmailChange.title} flash={flash}>
    <h1>{site.text.undoEmailChange.title}</h1>
    <p class="lead">{site.text.undoEmailChange.lead}</p>
    <Form action={paths.undoEmailChange} token={token}>
      <Field
        site={site}
        name="email"
        type="email"
        autocomplete="email"
        value={flash.form?.values.email}
        hint={site.text.undoEmailChange.hint}
        problems={flash.form?.problems ?? []}
      />
      <Submit>{site.text.undoEmailChange.button}</Submit>
    </Form>
  </Layout>
)
