// What a state is, and the sites that the states need.
import { DatabaseSync } from 'node:sqlite'
import type { Page } from 'playwright-core'
import { type ConnectionSetting, connectionList } from '../../../src/config/connections.ts'
import type { Settings } from '../../../src/config/schema.ts'

/** All of them come from one client address. */
const patient = { registrationsPerAddress: 10_000, emailsPerClient: 10_000 }

const client = { clientId: 'gatelodge', clientSecret: 'nobody asks for it' }
const connections = connectionList.parse([
  ...['google', 'apple', 'github', 'gitlab', 'microsoft'].map((name) => ({ name, ...client })),
  { name: 'work', label: 'Acme', issuer: 'https://id.example.org', ...client },
]) as ConnectionSetting[]

/** By their settings. */
export const sites = {
  open: patient,
  closed: { registration: 'closed' },
  invited: { registration: 'invitation' },
  confirmFirst: { ...patient, registration: 'confirm-first' },
  gated: { ...patient, requireVerifiedEmail: true },
  silent: { ...patient, mode: 'production' },
  atOnce: { ...patient, deletionDelay: 0 },
  factorRequired: { ...patient, secondFactor: 'required' },
  providers: { ...patient, connections },
  factorOff: { ...patient, secondFactor: 'off' },
  away: { databaseUrl: 'mysql://nobody@127.0.0.1:1/none' },
  broken: {},
} as const satisfies Record<string, Partial<Settings>>

export type SiteKind = keyof typeof sites

/** How to know that such a site is there. */
export const health = (kind: SiteKind): string => (kind === 'away' ? '/health/alive' : '/health/ready')

/** What makes a site the broken one, once it runs: a fault that nobody has thought of. */
export function breakDatabase(file: string): void {
  const database = new DatabaseSync(file)
  database.exec('drop table gatelodge_passwords')
  database.close()
}

/** The file that each running site keeps its data in: the runner says so. */
export const databaseFiles = new Map<SiteKind, string>()

/** Makes that person an administrator, as the command would, at a site that runs. */
export function promote(email: string, kind: SiteKind = 'open'): void {
  const database = new DatabaseSync(databaseFiles.get(kind) ?? '')
  database.exec('pragma busy_timeout = 5000')
  database
    .prepare(`insert into gatelodge_group_members (account_id, group_name, added_at)
      select id, 'administrators', 0 from gatelodge_accounts where email = ?`)
    .run(email)
  database.prepare(`update gatelodge_accounts set member_of = 'administrators' where email = ?`).run(email)
  database.close()
}

/** Demands another password of that person, as the command would. */
export function demandNewPassword(email: string): void {
  const database = new DatabaseSync(databaseFiles.get('open') ?? '')
  database.exec('pragma busy_timeout = 5000')
  database.prepare('update gatelodge_accounts set password_demanded_at = 1 where email = ?').run(email)
  database.close()
}

/** Imports in each of their states, as the command notes them. */
export function noteImports(): void {
  const database = new DatabaseSync(databaseFiles.get('open') ?? '')
  database.exec('pragma busy_timeout = 5000')
  const now = Date.now()
  const insert = database.prepare(`insert or replace into gatelodge_imports
    (id, source, system, started_at, seen_at, rows_read, share, imported, rejected, ended_at, is_whole)
    values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`)
  const minute = 60_000
  const ago = (minutes: number) => now - minutes * minute
  insert.run(Buffer.alloc(16, 3), 'users-2026.csv', 'laravel', ago(4), now, 41_250, 3_300, 41_101, 149, null, 0)
  insert.run(Buffer.alloc(16, 2), 'table users', 'wordpress', ago(90), ago(80), 9_000, 4_500, 8_998, 2, null, 0)
  insert.run(
    Buffer.alloc(16, 1),
    'old-members.ndjson',
    '',
    ago(3_000),
    ago(2_998),
    12_480,
    10_000,
    12_480,
    0,
    ago(2_998),
    1,
  )
  database.close()
}

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
