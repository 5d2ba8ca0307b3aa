// The page behind a link that does not work any more.
import type { Child } from 'hono/jsx'
import { text } from '../../text/en.ts'
import type { Site } from '../site.ts'
import type { Flash } from '../visit.ts'
import { Layout } from './layout.tsx'

interface Props {
  site: Site
  flash?: Flash
  /** What to do instead. */
  hint: string
  /** A link or a form that leads there. */
  way: Child
}

export const DeadLinkPage = ({ site, flash = {}, hint, way }: Props) => (
  <Layout site={site} title={text.deadLink.title} flash={flash}>
    <h1>{text.deadLink.title}</h1>
    <p class="lead">{text.deadLink.lead}</p>
    <p>{hint}</p>
    {way}
  </Layout>
)
