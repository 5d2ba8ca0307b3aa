// The product on a real database that carries out a COMMIT and loses its answer, once, when a test says so.
import { afterAll, beforeAll } from 'vitest'
import type { Settings } from '../../src/config/schema.ts'
import { fromDriver } from '../../src/database/connect.ts'
import { openDriver, type TestDatabase } from './databases.ts'
import { makeApp, type TestApp } from './make-app.ts'
import { spied } from './spied-database.ts'

export interface LossyApp extends TestApp {
  /** The next COMMIT is carried out, and its answer does not arrive. @throws where none came. */
  losingCommit<T>(work: () => Promise<T>): Promise<T>
}

export function useLossyApp(database: TestDatabase, settings: Partial<Settings> = {}): () => LossyApp {
  let app: LossyApp
  let isArmed = false
  beforeAll(async () => {
    const driver = spied(openDriver(database), async (work, text) => {
      const result = await work()
      if (!isArmed || !/^commit/i.test(text)) return result
      isArmed = false
      throw Object.assign(new Error('lost'), { code: 'PROTOCOL_CONNECTION_LOST' })
    })
    const made = await makeApp(database, settings, { database: fromDriver(driver) })
    app = {
      ...made,
      async losingCommit(work) {
        isArmed = true
        const result = await work()
        if (isArmed) throw new Error('nothing was committed')
        return result
      },
    }
  })
  afterAll(() => app.close())
  return () => app
}
