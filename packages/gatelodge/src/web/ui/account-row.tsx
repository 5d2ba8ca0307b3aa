// A row of the account page. The capability behind it declares it, so the page knows none of them by name.
import type { Child } from 'hono/jsx'
import type { Methods } from '../../identity/logins/methods.ts'
import type { Counts, FoundSession } from '../../identity/sessions/lookup.ts'
import type { Site } from '../site/site.ts'

export interface Shown {
  site: Site
  /** For a form. */
  token: string
  account: FoundSession['account']
  counts: Counts
  /** How its owner proved who they are. */
  methods: Methods
  now: number
}

/**
 * In this order. `offer` and `activity` are no lists of facts: their rows stand there by themselves, and that of `offer` without
 * a heading of ours.
 */
export const accountSections = ['offer', 'profile', 'security', 'activity', 'data', 'deletion'] as const

export type AccountSection = (typeof accountSections)[number]

export interface AccountPageRow {
  /** Rows stand in the order of these. Leave room between two. */
  place: number
  section: AccountSection
  /** What it says of this account: made for each page, so it is short. Left out: it says the same to everyone. */
  says?(shown: Shown): Child
  /** What stands around that: made once for each site. */
  row(site: Site, says: Child): Child
}

/** A name, what is so, and a link to where it can be changed. `label` says aloud what the link does. */
export const Fact = ({ name, way, children }: { name: Child; way?: Way; children?: Child }) => (
  <div>
    <dt>{name}</dt>
    <dd>
      {children}
      {way && ' '}
      {way && (
        <a href={way.path} aria-label={way.label}>
          {way.words}
        </a>
      )}
    </dd>
  </div>
)

interface Way {
  path: string
  label: string
  words: string
}
