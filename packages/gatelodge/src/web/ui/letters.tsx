// What pages say of letters: where to read them while one develops, and that there are none.
import { text } from '../../text/en.ts'
import { paths } from '../paths.ts'
import type { Site } from '../site.ts'
import type { Flash } from '../visit.ts'
import { Layout } from './layout.tsx'

/** Only where letters are shown instead of sent. */
export const MailboxHint = ({ site }: { site: Site }) =>
  site.letters === 'mailbox' ? (
    <p class="aside">
      {text.mailbox.hint} <a href={paths.mailbox}>{text.mailbox.open}</a>
    </p>
  ) : null

/** In place of a page that could only promise a letter. */
export const NoLettersPage = ({
  site,
  flash = {},
  logOutToken,
}: {
  site: Site
  flash?: Flash
  logOutToken?: string | undefined
}) => (
  <Layout site={site} title={text.noLetters.title} flash={flash} logOutToken={logOutToken}>
    <h1>{text.noLetters.title}</h1>
    <p class="lead">{text.noLetters.lead(site.name)}</p>
    <p>{text.noLetters.ask}</p>
    <a class="button plain" href={paths.home}>
      {text.frontPage}
    </a>
  </Layout>
)
