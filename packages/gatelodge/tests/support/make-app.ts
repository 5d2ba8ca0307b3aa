// The product as tests meet it: the real app on a real database, with a clock that is moved by hand and a log that can be read.
import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Hono } from 'hono'
import { afterAll, beforeAll } from 'vitest'
import { createApp, declared, loginSteps } from '../../src/app.ts'
import { loadSettings } from '../../src/config/load.ts'
import type { Settings } from '../../src/config/schema.ts'
import { createLog } from '../../src/log.ts'
import { type Brought, createServices, type Replacements, type Services } from '../../src/services.ts'
import type { Milliseconds } from '../../src/time.ts'
import type { AppEnv } from '../../src/web/http/context.ts'
import { dataFolder } from './data-folder.ts'
import type { TestDatabase } from './databases.ts'
import { watchNoticeCounts } from './notice-counts.ts'
import { Visitor } from './visitor.ts'

export interface MovedClock {
  now(): number
  pass(time: Milliseconds): void
}

export function movedClock(start = Date.UTC(2026, 10, 22, 9)): MovedClock {
  let moment = start
  return {
    now: () => moment,
    pass(time) {
      moment += time
    },
  }
}

export interface TestApp {
  services: Services
  clock: MovedClock
  /** What was logged, an object a line. */
  logged: Record<string, unknown>[]
  fetch(request: Request): Promise<Response>
  /** A browser of someone who was never here, at that address of the network. */
  visitor(from?: string): Visitor
  close(): Promise<void>
}

export async function makeApp(
  database: Pick<TestDatabase, 'url'>,
  settings: Partial<Settings> = {},
  replaced: Replacements & Brought = {},
  { waits = true, wrap = (services: Services) => services, steps = loginSteps, routes = [] as Hono<AppEnv>[] } = {},
): Promise<TestApp> {
  const all = testSettings(database, settings)
  const clock = movedClock()
  const logged: Record<string, unknown>[] = []
  const log = createLog(all, { write: (line: string) => void logged.push(JSON.parse(line)) })
  const services = await createServices(all, declared, { clock, log, ...replaced })
  watchNoticeCounts(services)
  if (waits) await services.readiness.first
  const app = createApp(wrap(services), steps)
  for (const more of routes) app.route('/', more)
  const fetchFrom = (remoteAddress: string) => async (request: Request) =>
    app.fetch(request, { incoming: { socket: { remoteAddress } } })
  return {
    services,
    clock,
    logged,
    fetch: fetchFrom('127.0.0.1'),
    visitor: (from = '127.0.0.1') => new Visitor(fetchFrom(from), all.baseUrl),
    close: () => services.close(),
  }
}

/** Everything as shipped, but for cheap hashes: what costs nothing can be tried thousands of times. */
export function testSettings({ url }: Pick<TestDatabase, 'url'>, settings: Partial<Settings> = {}): Settings {
  const secret = 'a-secret-for-tests-0123456789-abcdefgh'
  const flags = { databaseUrl: url, secret, dataDir: dataFolder(), port: settings.port }
  const loaded = loadSettings({ flags })
  if (loaded.kind === 'faults') throw new Error(JSON.stringify(loaded.faults))
  const cheap = { hashMemory: 64 * 1024, hashPasses: 1, hashParallel: 2, hashQueue: 1_000 }
  // A whole suite comes from one client address.
  const patient = { loginFailuresPerAddress: 100_000, registrationsPerAddress: 100_000, emailsPerClient: 100_000 }
  return { ...loaded.settings, ...cheap, ...patient, ...settings }
}

/** One app for a whole suite. */
export function useApp(
  database: TestDatabase,
  settings: Partial<Settings> = {},
  replaced: () => Replacements & Brought = () => ({}),
): () => TestApp {
  let app: TestApp
  beforeAll(async () => {
    app = await makeApp(database, settings, replaced())
  })
  afterAll(() => app.close())
  return () => app
}

/** For tests that need no database worth looking at. */
export function throwawayDatabase(): Pick<TestDatabase, 'url'> {
  return { url: `sqlite:${join(mkdtempSync(join(tmpdir(), 'gatelodge-')), 'test.sqlite')}` }
}
