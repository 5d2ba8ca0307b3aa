import { paths, withReturn } from '../../paths.ts'
import { text } from '../../text/en.ts'
import type { Flash } from '../../web/forms/visitor-cookie.ts'
import type { Site } from '../../web/site/site.ts'
import { MailboxHint } from '../../web/ui/emails.tsx'
import { AddressToConfirm, Field, Form, Submit } from '../../web/ui/fields.tsx'
import { Layout } from '../../web/ui/layout.tsx'

const words = text.changeEmail

interface Props {
  site: Site
  token: string
  flash: Flash
  email: string
}

export const ChangeEmailPage = ({ site, token, flash, email, pending }: Props & { pending: string | null }) => (
  <Layout site={site} title={words.title} flash={flash} logOutToken={token}>
    <h1>{words.title}</h1>
    <p class="lead">{words.lead(email)}</p>
    {pending && <Pending site={site} token={token} email={pending} />}
    <Form action={paths.changeEmail} token={token}>
      <Field
        name="new_email"
        type="email"
        autocomplete="email"
        value={flash.form?.values.new_email}
        hint={words.hint}
        problems={flash.form?.problems ?? []}
      />
      <Submit>{words.button}</Submit>
    </Form>
    <a class="aside-link" href={paths.account}>
      {text.backToAccount}
    </a>
  </Layout>
)

const Pending = ({ site, token, email }: Pick<Props, 'site' | 'token' | 'email'>) => (
  <section class="pending">
    <h2>{words.pendingTitle}</h2>
    <p>{words.pendingLead(email)}</p>
    <MailboxHint site={site} />
    <Form action={paths.changeEmail} token={token} plain>
      <button type="submit" class="button plain small" name="action" value="again">
        {words.again}
      </button>{' '}
      <button type="submit" class="button plain small" name="action" value="cancel">
        {words.cancel}
      </button>
    </Form>
  </section>
)

export const ConfirmEmailPage = ({ site, token, flash, email }: Props) => (
  <Layout site={site} title={text.confirmEmail.title} flash={flash} logOutToken={token}>
    <h1>{text.confirmEmail.title}</h1>
    <p class="lead">{text.confirmEmail.lead}</p>
    <AddressToConfirm email={email} />
    <Form action={paths.confirmEmail} token={token}>
      <Submit>{text.confirmEmail.button}</Submit>
    </Form>
  </Layout>
)

/** For a browser that is not logged in to that account: the link is kept until it is. */
export const LogInToConfirmPage = ({
  site,
  flash,
  logOutToken,
}: Pick<Props, 'site' | 'flash'> & { logOutToken: string | undefined }) => (
  <Layout site={site} title={text.confirmEmail.title} flash={flash} logOutToken={logOutToken}>
    <h1>{text.confirmEmail.title}</h1>
    <p class="lead">{logOutToken ? text.confirmEmail.otherAccount : text.confirmEmail.logInFirst}</p>
    {!logOutToken && (
      <a class="button" href={withReturn(paths.login, site.basePath + paths.confirmEmail)}>
        {text.logIn}
      </a>
    )}
  </Layout>
)

export const ChangedPage = ({ site, email }: Pick<Props, 'site' | 'email'>) => (
  <Layout site={site} title={text.verification.doneTitle}>
    <h1>{text.verification.doneTitle}</h1>
    <AddressToConfirm email={email} />
    <p>{text.verification.doneLead}</p>
    <a class="button" href={paths.home}>
      {text.frontPage}
    </a>
  </Layout>
)

/** Whose account it is stays unsaid: the address is typed by anyone who had the email. */
export const UndoPage = ({ site, token, flash }: Omit<Props, 'email'>) => (
  <Layout site={site} title={text.undoEmailChange.title} flash={flash}>
    <h1>{text.undoEmailChange.title}</h1>
    <p class="lead">{text.undoEmailChange.lead}</p>
    <Form action={paths.undoEmailChange} token={token}>
      <Field
        name="email"
        type="email"
        autocomplete="email"
        value={flash.form?.values.email}
        hint={text.undoEmailChange.hint}
        problems={flash.form?.problems ?? []}
      />
      <Submit>{text.undoEmailChange.button}</Submit>
    </Form>
  </Layout>
)
