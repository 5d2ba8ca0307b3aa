// The pages behind a link that does not work any more, and behind one that was opened elsewhere.
import type { Child } from 'hono/jsx'
import type { Flash } from '../forms/visitor-cookie.ts'
import type { Site } from '../site/site.ts'
import { Layout } from './layout.tsx'

interface Props {
  site: Site
  flash?: Flash
  /** Why it does not work, where the page knows. */
  lead?: string
  /** What to do instead. */
  hint: string
  /** A link or a form that leads there. */
  way: Child
}

export const InvalidLinkPage = ({ site, flash = {}, lead = site.text.invalidLink.lead, hint, way }: Props) => (
  <Layout site={site} title={site.text.invalidLink.title} flash={flash}>
    <h1>{site.text.invalidLink.title}</h1>
    <p class="lead">{lead}</p>
    <p>{hint}</p>
    {way}
  </Layout>
)

/** Opened in another browser than the link was, too late, or in one that keeps no cookies. */
export const NoLinkHerePage = ({ site, way }: Pick<Props, 'site' | 'way'>) => (
  <Layout site={site} title={site.text.noLinkHere.title}>
    <h1>{site.text.noLinkHere.title}</h1>
    <p class="lead">{site.text.noLinkHere.lead}</p>
    <p>{site.text.noLinkHere.cookies}</p>
    <p>{site.text.noLinkHere.otherwise}</p>
    {way}
  </Layout>
)
