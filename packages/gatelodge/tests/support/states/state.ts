// What a state is, and the sites that the states need.
import type { Page } from 'playwright-core'
import { type ConnectionSetting, connectionList } from '../../../src/config/connections.ts'
import type { Settings } from '../../../src/config/schema.ts'
import { work } from './work-provider.ts'

/** All of them come from one client address. */
const patient = { registrationsPerAddress: 10_000, emailsPerClient: 10_000 }

const client = { clientId: 'gatelodge', clientSecret: 'nobody asks for it' }
const connections = connectionList.parse([
  ...['google', 'apple', 'github', 'gitlab', 'microsoft'].map((name) => ({ name, ...client })),
  work,
]) as ConnectionSetting[]

/** By their settings. */
export const sites = {
  open: { ...patient, copyResetLinks: true },
  closed: { registration: 'closed' },
  invited: { registration: 'invitation' },
  confirmFirst: { ...patient, registration: 'confirm-first' },
  gated: { ...patient, requireVerifiedEmail: true },
  silent: { ...patient, mode: 'production' },
  atOnce: { ...patient, deletionDelay: 0 },
  factorRequired: { ...patient, secondFactor: 'required' },
  providers: { ...patient, connections },
  oneProvider: { ...patient, connections: connections.slice(0, 1) },
  twoProviders: { ...patient, connections: connections.slice(1, 3) },
  factorOff: { ...patient, secondFactor: 'off' },
  away: { databaseUrl: 'mysql://nobody@127.0.0.1:1/none' },
  broken: patient,
} as const satisfies Record<string, Partial<Settings>>

export type SiteKind = keyof typeof sites

/** How to know that such a site is there. */
export const health = (kind: SiteKind): string => (kind === 'away' ? '/health/alive' : '/health/ready')

/** The file that each running site keeps its data in: the runner says so. */
export const databaseFiles = new Map<SiteKind, string>()

export interface State {
  name: string
  site: SiteKind
  /** Leads a browser that was never here to the page. */
  reach(page: Page): Promise<unknown>
}

export function state(name: string, reach: State['reach'], site: SiteKind = 'open'): State {
  return { name, site, reach }
}

export const ada = { name: 'Ada Lovelace', email: 'ada@example.org', password: 'violet tram lamp' }
export const wrong = 'not my password'
