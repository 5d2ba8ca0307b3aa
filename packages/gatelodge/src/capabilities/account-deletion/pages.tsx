import { paths } from '../../paths.ts'
import type { Flash } from '../../web/forms/visitor-cookie.ts'
import type { Site } from '../../web/site/site.ts'
import { MailboxHint } from '../../web/ui/emails.tsx'
import { AccountName, Field, Form, Submit } from '../../web/ui/fields.tsx'
import { Layout } from '../../web/ui/layout.tsx'

export type Deleted = 'account-deletion-scheduled' | 'account-deleted'

interface Props {
  site: Site
  token: string
  flash: Flash
  email: string
}

interface DeleteProps extends Omit<Props, 'email'> {
  account: { email: string; passwordChangedAt: number | null }
}

export const DeletePage = ({ site, token, flash, account }: DeleteProps) => (
  <Layout site={site} title={site.text.accountDeletion.title} flash={flash} logOutToken={token}>
    <h1>{site.text.accountDeletion.title}</h1>
    <p class="lead">{site.text.accountDeletion.lead}</p>
    <ul class="losses">
      {[...Object.values(site.text.accountDeletion.losses), lastLoss(site)].map((loss) => (
        <li>{loss}</li>
      ))}
    </ul>
    <a class="aside-link" href={paths.export}>
      {site.text.accountDeletion.exportFirst}
    </a>
    <Form action={paths.deleteAccount} token={token}>
      {account.passwordChangedAt !== null && (
        <>
          <AccountName site={site} email={account.email} />
          <Field
            site={site}
            name="current_password"
            type="password"
            autocomplete="current-password"
            problems={flash.form?.problems ?? []}
          />
        </>
      )}
      <button type="submit" class="button danger">
        {site.text.accountDeletion.button}
      </button>
    </Form>
    <a class="aside-link" href={paths.account}>
      {site.text.accountDeletion.keep}
    </a>
  </Layout>
)

function lastLoss({ deletionDelay, emails, text: { accountDeletion, formats } }: Site): string {
  if (deletionDelay === 0) return accountDeletion.atOnce
  const days = formats.life(deletionDelay)
  return emails === 'none' ? accountDeletion.delayWithoutEmail({ days }) : accountDeletion.delay({ days })
}

/** @param how stands in the heading, and so in no notice. */
export const AccountDeletedPage = ({ site, how }: Pick<Props, 'site'> & { how: Deleted }) => (
  <Layout site={site} title={site.text.notices[how]}>
    <h1>{site.text.notices[how]}</h1>
    <p class="lead">{site.text.accountDeletion.doneLead}</p>
    {site.deletionDelay > 0 && site.emails !== 'none' && (
      <>
        <p>{site.text.accountDeletion.doneHelp({ days: site.text.formats.life(site.deletionDelay) })}</p>
        <MailboxHint site={site} />
      </>
    )}
    <a class="button plain" href={paths.home}>
      {site.text.frontPage}
    </a>
  </Layout>
)

export const RestorePage = ({ site, token, email }: Omit<Props, 'flash'>) => (
  <Layout site={site} title={site.text.accountDeletion.restoreTitle}>
    <h1>{site.text.accountDeletion.restoreTitle}</h1>
    <p class="lead">{site.text.accountDeletion.restoreLead({ email })}</p>
    <Form action={paths.restoreAccount} token={token}>
      <Submit>{site.text.accountDeletion.restoreButton}</Submit>
    </Form>
  </Layout>
)
