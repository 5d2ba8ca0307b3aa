import { paths } from '../../paths.ts'
import type { Site } from '../../web/site/site.ts'
import { Layout } from '../../web/ui/layout.tsx'
import { Moment } from '../../web/ui/moment.tsx'

interface Message {
  to: { address: string }
  subject: string
  text: string
}

type Listed = Message & { id: string; at: number }

export const MailboxPage = ({ site, emails, now }: { site: Site; emails: Listed[]; now: number }) => (
  <Layout site={site} title={site.text.mailbox.title} wide>
    <h1>{site.text.mailbox.title}</h1>
    <p class="lead">{site.text.mailbox.lead}</p>
    {emails.length === 0 ? <p>{site.text.mailbox.empty}</p> : <Emails site={site} emails={emails} now={now} />}
    <a class="aside-link" href={paths.emailPreviews}>
      {site.text.mailbox.previews}
    </a>
  </Layout>
)

const Emails = ({ site, emails, now }: { site: Site; emails: Listed[]; now: number }) => (
  <ol class="events">
    {emails.map(({ id, at, to, subject }) => (
      <li>
        <a href={`${paths.mailbox}/${id}`}>{subject}</a>{' '}
        <small>
          <span dir="ltr">{to.address}</span>, <Moment site={site} at={at} now={now} />
        </small>
      </li>
    ))}
  </ol>
)

interface Preview {
  kind: string
  subject: string
}

export const PreviewsPage = ({ site, previews }: { site: Site; previews: Preview[] }) => (
  <Layout site={site} title={site.text.mailbox.previewsTitle} wide>
    <h1>{site.text.mailbox.previewsTitle}</h1>
    <p class="lead">{site.text.mailbox.previewsLead}</p>
    <ul class="events">
      {previews.map(({ kind, subject }) => (
        <li>
          <a href={`${paths.emailPreviews}/${kind}`}>{subject}</a>{' '}
          <small>
            <a href={`${paths.emailPreviews}/${kind}/html`} aria-label={`${site.text.mailbox.asHtml}: ${subject}`}>
              {site.text.mailbox.asHtml}
            </a>
          </small>
        </li>
      ))}
    </ul>
    <a class="aside-link" href={paths.mailbox}>
      {site.text.mailbox.title}
    </a>
  </Layout>
)

export const PreviewPage = ({ site, kind, message }: { site: Site; kind: string; message: Message }) => (
  <Layout site={site} title={message.subject} wide>
    <h1>{message.subject}</h1>
    <h2>{site.text.mailbox.asText}</h2>
    {/* Its links lead nowhere. */}
    <pre class="email">{message.text}</pre>
    <a class="button plain small" href={`${paths.emailPreviews}/${kind}/html`}>
      {site.text.mailbox.asHtml}
    </a>{' '}
    <a class="aside-link" href={paths.emailPreviews}>
      {site.text.mailbox.backToPreviews}
    </a>
  </Layout>
)

/** It says where the key is, never what it is. */
export const LockedPage = ({ site }: { site: Site }) => (
  <Layout site={site} title={site.text.mailbox.lockedTitle}>
    <h1>{site.text.mailbox.lockedTitle}</h1>
    <p class="lead">{site.text.mailbox.locked}</p>
    <p>{site.text.mailbox.lockedFile}</p>
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
      {site.text.mailbox.to} <span dir="ltr">{message.to.address}</span>
    </p>
    <h2>{site.text.mailbox.asText}</h2>
    <pre class="email">
      <Linked text={message.text} />
    </pre>
    <a class="button plain small" href={`${paths.mailbox}/${id}/html`}>
      {site.text.mailbox.asHtml}
    </a>
    <h2>{site.text.mailbox.headers}</h2>
    <pre class="email" dir="ltr">
      {headers}
    </pre>
    <a class="aside-link" href={paths.mailbox}>
      {site.text.mailbox.back}
    </a>
  </Layout>
)

/** The addresses in it can be followed. */
const Linked = ({ text: email }: { text: string }) => (
  <>{email.split(/(https?:\/\/\S+)/).map((part, index) => (index % 2 === 1 ? <a href={part}>{part}</a> : part))}</>
)
