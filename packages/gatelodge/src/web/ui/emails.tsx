// What pages say of emails: where to read them while one develops, and that there are none.

import { paths } from '../../paths.ts'
import { text } from '../../text/en.ts'
import type { Flash } from '../forms/visitor-cookie.ts'
import type { Site } from '../site/site.ts'
import { Layout } from './layout.tsx'

/** Only where emails are shown instead of sent. */
export const MailboxHint = ({ site }: { site: Site }) =>
  site.emails === 'mailbox' ? (
    <p class="aside">
      {text.mailbox.hint} <a href={paths.mailbox}>{text.mailbox.open}</a>
    </p>
  ) : null

/** In place of a page that could only promise an email. */
export const EmailNotSetUpPage = ({
  site,
  flash = {},
  logOutToken,
}: {
  site: Site
  flash?: Flash
  logOutToken?: string | undefined
}) => (
  <Layout site={site} title={text.emailNotSetUp.title} flash={flash} logOutToken={logOutToken}>
    <h1>{text.emailNotSetUp.title}</h1>
    <p class="lead">{text.emailNotSetUp.lead(site.name)}</p>
    <p>{text.emailNotSetUp.ask}</p>
    <a class="button plain" href={paths.home}>
      {text.frontPage}
    </a>
  </Layout>
)
