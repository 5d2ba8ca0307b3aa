// What stands around every page of the console: the site's head, the navigation, one wide card.
import type { Child } from 'hono/jsx'
import type { Text } from '../../text/text.ts'
import type { Flash } from '../forms/visitor-cookie.ts'
import type { Site } from '../site/site.ts'
import { Layout } from './layout.tsx'

/** A page that the navigation leads to. A capability declares its own, so the console knows none of them by name. */
export interface ConsolePage {
  /** Pages stand in the order of these. Leave room between two. */
  place: number
  path: string
  label(text: Text): string
}

/** What every page of the console gets from its route: `frameOf(c)` makes it. */
export interface ConsoleFrame {
  site: Site
  flash: Flash
  /** For its forms, the log-out among them. */
  token: string
  pages: ConsolePage[]
  /** Of the page that is shown. */
  path: string
}

interface Props {
  frame: ConsoleFrame
  title: string
  /** The heading is the name of a person: nothing translates it. */
  isName?: boolean
  /** Stands below the heading. */
  lead?: Child
  /** To something new, beside the heading. */
  way?: { path: string; label: string }
  /** The page above it, where the navigation does not lead here. */
  back?: { path: string; label: string } | undefined
  children?: Child
}

export const ConsoleLayout = ({ frame, title, isName, lead, way, back, children }: Props) => {
  const { site, flash, token } = frame
  return (
    <Layout
      site={site}
      title={title}
      flash={flash}
      logOutToken={token}
      wide="console"
      beside={<Rooms {...frame} />}
      doors={
        back && (
          <nav aria-label={site.text.console.above}>
            <a class="back" href={back.path}>
              {back.label}
            </a>
          </nav>
        )
      }
    >
      <div class="head">
        <h1>{isName ? <bdi translate="no">{title}</bdi> : title}</h1>
        {way && (
          <a class="button plain small" href={way.path}>
            {way.label}
          </a>
        )}
      </div>
      {lead}
      {children}
    </Layout>
  )
}

const Rooms = ({ site, pages, path }: ConsoleFrame) => {
  const current = currentOf(pages, path)
  return (
    <nav class="rooms" aria-label={site.text.console.navigation}>
      <ul>
        {pages.map((page) => (
          <li>
            <a href={page.path} aria-current={page === current ? (page.path === path ? 'page' : 'true') : undefined}>
              {page.label(site.text)}
            </a>
          </li>
        ))}
      </ul>
    </nav>
  )
}

/** The page itself, or the nearest above it. */
function currentOf(pages: ConsolePage[], path: string): ConsolePage | undefined {
  const above = pages.filter((page) => page.path === path || path.startsWith(`${page.path}/`))
  return above.reduce<ConsolePage | undefined>(
    (best, page) => (best && best.path.length >= page.path.length ? best : page),
    undefined,
  )
}
