import { paths } from '../../paths.ts'
import { text } from '../../text/en.ts'
import type { Site } from '../../web/site/site.ts'
import { Layout } from '../../web/ui/layout.tsx'
import { Moment } from '../../web/ui/moment.tsx'

const words = text.mailbox

interface Message {
  to: { address: string }
  subject: string
  text: string
}

type Listed = Message & { id: string; at: number }

export const MailboxPage = ({ site, emails, now }: { site: Site; emails: Listed[]; now: number }) => (
  <Layout site={site} title={words.title} wide>
    <h1>{words.title}</h1>
    <p class="lead">{words.lead}</p>
    {emails.length === 0 && <p>{words.empty}</p>}
    <ol class="events">
      {emails.map(({ id, at, to, subject }) => (
        <li>
          <a href={`${paths.mailbox}/${id}`}>{subject}</a>{' '}
          <small>
            <span dir="ltr">{to.address}</span>, <Moment at={at} now={now} />
          </small>
        </li>
      ))}
    </ol>
  </Layout>
)

/** It says where the key is, never what it is. */
export const LockedPage = ({ site }: { site: Site }) => (
  <Layout site={site} title={words.lockedTitle}>
    <h1>{words.lockedTitle}</h1>
    <p class="lead">{words.locked}</p>
    <p>{words.lockedFile}</p>
  </Layout>
)

export const EmailPage = ({
  site,
  id,
  message,
  headers,
}: {
  site: Site
  id: string
  message: Message
  headers: string
}) => (
  <Layout site={site} title={message.subject} wide>
    <h1>{message.subject}</h1>
    <p class="lead">
      {words.to} <span dir="ltr">{message.to.address}</span>
    </p>
    <h2>{words.asText}</h2>
    <pre class="email">
      <Linked text={message.text} />
    </pre>
    <a class="button plain small" href={`${paths.mailbox}/${id}/html`}>
      {words.asHtml}
    </a>
    <h2>{words.headers}</h2>
    <pre class="email" dir="ltr">
      {headers}
    </pre>
    <a class="aside-link" href={paths.mailbox}>
      {words.back}
    </a>
  </Layout>
)

/** The addresses in it can be followed. */
const Linked = ({ text: email }: { text: string }) => (
  <>{email.split(/(https?:\/\/\S+)/).map((part, index) => (index % 2 === 1 ? <a href={part}>{part}</a> : part))}</>
)
