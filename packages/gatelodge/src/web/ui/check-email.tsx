// What follows an email that someone asked for: where it went, when it can be sent again, and what else to do.
import type { Child } from 'hono/jsx'
import type { Milliseconds } from '../../time.ts'
import type { Site } from '../site/site.ts'
import { MailboxHint } from './emails.tsx'
import { WithName } from './with-name.tsx'

interface Props {
  site: Site
  /** A sentence with the address in it. */
  lead: string
  email: string
  /** Until it can be sent again; none: at once. */
  wait: Milliseconds | undefined
  /** The form that sends it again. */
  children?: Child
}

export const CheckEmail = ({ site, lead, email, wait, children }: Props) => (
  <>
    <h1>{site.text.checkEmail.title}</h1>
    <p class="lead">
      <WithName words={lead} name={email} />
    </p>
    <p>{site.text.checkEmail.spam}</p>
    <MailboxHint site={site} />
    {wait !== undefined && wait > 0 && <Wait site={site} wait={wait} />}
    {children}
  </>
)

/** The script counts it down; without it, it is right for the moment when the page was opened. */
const Wait = ({ site, wait }: { site: Site; wait: Milliseconds }) => {
  const length = site.text.formats.wait(wait)
  const [before = '', after = ''] = site.text.checkEmail.wait({ wait: length }).split(length)
  return (
    <p id="email" data-seconds={Math.ceil(wait / 1000)} data-ready={site.text.checkEmail.ready}>
      {before}
      <span>{length}</span>
      {after}
    </p>
  )
}

export const SendAgain = ({ site }: { site: Site }) => (
  <button type="submit" class="button plain">
    {site.text.checkEmail.again}
  </button>
)
