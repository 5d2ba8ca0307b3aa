// What pages say of emails: where to read them while one develops, and that there are none.

import { paths } from '../../paths.ts'
import type { Flash } from '../forms/visitor-cookie.ts'
import type { Site } from '../site/site.ts'
import { Layout } from './layout.tsx'

/** Only where emails are shown instead of sent. */
export const MailboxHint = ({ site }: { site: Site }) =>
  site.emails === 'mailbox' ? (
    <p class="aside">
      {site.text.mailbox.hint} <a href={paths.mailbox}>{site.text.mailbox.open}</a>
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
  <Layout site={site} title={site.text.emailNotSetUp.title} flash={flash} logOutToken={logOutToken}>
    <h1>{site.text.emailNotSetUp.title}</h1>
    <p class="lead">{site.text.emailNotSetUp.lead({ site: site.name })}</p>
    <p>{site.text.emailNotSetUp.ask}</p>
    <a class="button plain" href={paths.home}>
      {site.text.frontPage}
    </a>
  </Layout>
)
