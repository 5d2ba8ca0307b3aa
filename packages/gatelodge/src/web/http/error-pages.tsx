// Pages for what cannot be answered as asked. They need no database, no script and no style sheet.
import type { Child } from 'hono/jsx'
import { paths } from '../../paths.ts'
import type { Messages } from '../../text/messages.ts'
import type { Site } from '../site/site.ts'
import { Layout } from '../ui/layout.tsx'
import { page, problem, wantsJson } from './answer.ts'
import type { Context } from './context.ts'

export type FailureCode = keyof Messages['failures']

const statuses: Record<FailureCode, number> = {
  unreadable: 400,
  'cross-site-request': 403,
  'not-embedded': 403,
  'not-found': 404,
  'method-not-allowed': 405,
  'too-large': 413,
  'unknown-type': 415,
  failed: 500,
  'upstream-away': 502,
  'upstream-slow': 504,
  unavailable: 503,
  busy: 503,
}

/** The page (or problem+json) for a failure, with its status. */
export function failure(
  c: Context,
  code: FailureCode,
  headers: Record<string, string> = {},
): Response | Promise<Response> {
  const status = statuses[code]
  if (wantsJson(c)) return problem(c, { status, code }, headers)
  const requestId = status === 500 ? c.get('requestId') : undefined
  return page(c, status, <FailurePage site={c.get('site')} code={code} requestId={requestId} />, headers)
}

const FailurePage = ({ site, code, requestId }: { site: Site; code: FailureCode; requestId: string | undefined }) => {
  const { title, lead } = site.text.failures[code]
  return (
    <RefusalPage site={site} title={title} lead={lead}>
      {requestId && <p class="lead">{site.text.requestId({ id: requestId })}</p>}
    </RefusalPage>
  )
}

interface RefusalProps {
  site: Site
  title: string
  lead: string
  /** The button that leads on; the front page where there is no better place. */
  way?: { href: string; words: string }
  children?: Child
}

export const RefusalPage = ({ site, title, lead, way, children }: RefusalProps) => (
  <Layout site={site} title={title}>
    <h1>{title}</h1>
    <p class="lead">{lead}</p>
    {children}
    <a class="button plain" href={way?.href ?? paths.home}>
      {way?.words ?? site.text.frontPage}
    </a>
  </Layout>
)
