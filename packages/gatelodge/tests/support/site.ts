// The real server on a free port, as a browser meets it.
import { afterAll, beforeAll } from 'vitest'
import { declared } from '../../src/app.ts'
import type { Settings } from '../../src/config/schema.ts'
import { createLog } from '../../src/log.ts'
import { listen, type Running } from '../../src/server.ts'
import { createServices, type Replacements } from '../../src/services.ts'
import type { ConnectionLimits } from '../../src/web/http/connections/keep.ts'
import type { TestDatabase } from './databases.ts'
import { testSettings, throwawayDatabase } from './make-app.ts'
import { freePort } from './mysql-server.ts'
import { untilAnswers } from './until-answers.ts'

export interface Site {
  baseUrl: string
  /** Where it listens: not that of the base URL where a proxy stands in front. */
  port: number
  stop(): Promise<void>
}

type Where = Pick<TestDatabase, 'url'>

export async function startSite(
  database: Where,
  settings: Partial<Settings> = {},
  replaced: Replacements = {},
  limits?: ConnectionLimits,
): Promise<Site> {
  const all = testSettings(database, { ...settings, port: await freePort() })
  const services = await createServices(all, declared, { log: createLog(all, { write: () => {} }), ...replaced })
  let running: Running
  try {
    running = await listen(services, limits)
  } catch (error) {
    await services.close()
    // The base URL has to be known before the port is taken, so someone else may have been quicker.
    if ((error as NodeJS.ErrnoException).code === 'EADDRINUSE') return startSite(database, settings, replaced, limits)
    throw error
  }
  return { baseUrl: all.baseUrl, port: running.port, stop: () => running.stop() }
}

/** One site for a whole suite; on a database of its own where none is given. */
export function useSite(database?: Where, settings: Partial<Settings> = {}, replaced: Replacements = {}): () => Site {
  let site: Site
  beforeAll(async () => {
    site = await startSite(database ?? throwawayDatabase(), settings, replaced)
    await untilAnswers(`${site.baseUrl}/health/ready`)
  })
  afterAll(() => site.stop())
  return () => site
}
