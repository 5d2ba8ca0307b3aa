import { text } from '../../text/en.ts'
import { paths } from '../../web/paths.ts'
import type { Site } from '../../web/site.ts'
import { Layout } from '../../web/ui/layout.tsx'
import { Moment } from '../../web/ui/moment.tsx'

const words = text.mailbox

interface Message {
  to: { address: string }
  subject: string
  text: string
}

type Listed = Message & { id: string; at: number }

export const MailboxPage = ({ site, letters, now }: { site: Site; letters: Listed[]; now: number }) => (
  <Layout site={site} title={words.title} wide>
    <h1>{words.title}</h1>
    <p class="lead">{words.lead}</p>
    {letters.length === 0 && <p>{words.empty}</p>}
    <ol class="events">
      {letters.map(({ id, at, to, subject }) => (
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

export const LetterPage = ({
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
    <pre class="letter">
      <Linked text={message.text} />
    </pre>
    <a class="button plain small" href={`${paths.mailbox}/${id}/html`}>
      {words.asHtml}
    </a>
    <h2>{words.headers}</h2>
    <pre class="letter" dir="ltr">
      {headers}
    </pre>
    <a class="aside-link" href={paths.mailbox}>
      {words.back}
    </a>
  </Layout>
)

/** The addresses in it can be followed. */
const Linked = ({ text: letter }: { text: string }) => (
  <>{letter.split(/(https?:\/\/\S+)/).map((part, index) => (index % 2 === 1 ? <a href={part}>{part}</a> : part))}</>
)
