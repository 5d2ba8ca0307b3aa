// Pages for what cannot be answered as asked. They need no database, no script and no style sheet.
import type { Child } from 'hono/jsx'
import { paths } from '../../paths.ts'
import type { Messages } from '../../text/messages.ts'
import type { Site } from '../site/site.ts'
import { Layout } from '../ui/layout.tsx'
import { page, problem, wantsProblem } from './answer.ts'
import type { Context } from './context.ts'
import { statusOf } from './problem-codes.ts'

export type FailureCode = keyof Messages['failures']

/** The page (or problem+json) for a failure, with its status. */
export function failure(
  c: Context,
  code: FailureCode,
  headers: Record<string, string> = {},
): Response | Promise<Response> {
  if (wantsProblem(c)) return problem(c, code, { headers })
  const status = statusOf[code]
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
