import { paths } from '../../paths.ts'
import { spellLife, text } from '../../text/en.ts'
import type { Flash } from '../../web/forms/visitor-cookie.ts'
import type { Site } from '../../web/site/site.ts'
import { MailboxHint } from '../../web/ui/emails.tsx'
import { AccountName, Field, Form, Submit } from '../../web/ui/fields.tsx'
import { Layout } from '../../web/ui/layout.tsx'

const words = text.accountDeletion

interface Props {
  site: Site
  token: string
  flash: Flash
  email: string
}

export const DeletePage = ({ site, token, flash, email }: Props) => (
  <Layout site={site} title={words.title} flash={flash} logOutToken={token}>
    <h1>{words.title}</h1>
    <p class="lead">{words.lead}</p>
    <ul class="losses">
      {[...words.losses, lastLoss(site)].map((loss) => (
        <li>{loss}</li>
      ))}
    </ul>
    <a class="aside-link" href={paths.export}>
      {words.exportFirst}
    </a>
    <Form action={paths.deleteAccount} token={token}>
      <AccountName email={email} />
      <Field
        name="current_password"
        type="password"
        autocomplete="current-password"
        problems={flash.form?.problems ?? []}
      />
      <button type="submit" class="button danger">
        {words.button}
      </button>
    </Form>
    <a class="aside-link" href={paths.account}>
      {words.keep}
    </a>
  </Layout>
)

function lastLoss({ deletionDelay, emails }: Site): string {
  if (deletionDelay === 0) return words.atOnce
  const life = spellLife(deletionDelay)
  return emails === 'none' ? words.delayWithoutEmail(life) : words.delay(life)
}

export const AccountDeletedPage = ({ site, flash }: Pick<Props, 'site' | 'flash'>) => (
  <Layout site={site} title={words.doneTitle} flash={flash}>
    <h1>{words.doneTitle}</h1>
    <p class="lead">{words.doneLead}</p>
    {site.deletionDelay > 0 && site.emails !== 'none' && (
      <>
        <p>{words.doneHelp(spellLife(site.deletionDelay))}</p>
        <MailboxHint site={site} />
      </>
    )}
    <a class="button plain" href={paths.home}>
      {text.frontPage}
    </a>
  </Layout>
)

export const RestorePage = ({ site, token, email }: Omit<Props, 'flash'>) => (
  <Layout site={site} title={words.restoreTitle}>
    <h1>{words.restoreTitle}</h1>
    <p class="lead">{words.restoreLead(email)}</p>
    <Form action={paths.restoreAccount} token={token}>
      <Submit>{words.restoreButton}</Submit>
    </Form>
  </Layout>
)
