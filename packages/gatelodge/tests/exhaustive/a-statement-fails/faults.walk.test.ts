// Every statement of every flow goes wrong once: it is refused, it is lost on the way, its answer is lost on the way back.
// Afterwards each answer to a person is true, and no change is half made.
import { afterAll, beforeAll, expect, it } from 'vitest'
import { fromDriver } from '../../../src/database/connect.ts'
import { openDriver, type TestDatabase } from '../../support/databases.ts'
import { type Faults, faulty, type Moment } from '../../support/faulty-database.ts'
import { sites } from '../../support/flows.ts'
import { makeApp, type TestApp } from '../../support/make-app.ts'
import { nothingIsHalf } from '../../support/nothing-is-half.ts'
import { each, isWhole, onWalkedDatabases, walk } from '../../support/walk.ts'

type Kind = [name: string, moment: Moment, error: () => Error]

const refused: Kind = ['is refused', 'before', () => new Error('no space left on device')]
const kinds: Record<TestDatabase['name'], Kind[]> = {
  SQLite: [
    refused,
    ['finds the file locked', 'before', () => Object.assign(new Error('database is locked'), { errcode: 5 })],
  ],
  MySQL: [
    refused,
    ['meets a deadlock', 'before', () => Object.assign(new Error('deadlock'), { errno: 1213 })],
    ['loses its answer', 'after', () => Object.assign(new Error('lost'), { code: 'PROTOCOL_CONNECTION_LOST' })],
  ],
}

for (const { where, settings, flows } of sites) {
  onWalkedDatabases(`With one fault${where},`, (database) => {
    let app: TestApp
    let faults: Faults
    beforeAll(async () => {
      const made = faulty(openDriver(database))
      faults = made.faults
      app = await makeApp(database, settings, { database: fromDriver(made.driver) })
    })
    afterAll(() => app.close())

    for (const [flowName, flow] of Object.entries(flows)) {
      if (flow.hasTwin && database.name === 'MySQL') continue
      it.each(isWhole ? kinds[database.name] : [refused])(
        `V2.3.3 V13.1.3 V15.4.3 V16.5.3 ${flowName}: ${each} statement once %s, and all is done or nothing`,
        async (_, moment, error) => {
          const stop = async (at: number) => {
            const { browser, person } = await flow.prepare(app)
            faults.arm(at, moment, error())
            const { status } = await flow.send(browser, person)
            faults.disarm()
            await flow.verify(app, person, status, browser)
            return faults.happened
          }
          // The last round had fewer statements than that: each of them has had its turn.
          expect(await walk(stop, () => faults.count)).toBeGreaterThan(1)
          await nothingIsHalf(app)
        },
      )
    }
  })
}
