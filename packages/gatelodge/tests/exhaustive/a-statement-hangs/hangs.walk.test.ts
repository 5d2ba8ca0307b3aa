// Every statement of every flow hangs once: it never arrives, or its answer never comes. A person gets an answer all the
// same, it is true, and the next one is served as if nothing had been.
import { DatabaseSync } from 'node:sqlite'
import { setTimeout as pause } from 'node:timers/promises'
import { sql } from 'kysely'
import { describe, expect, it } from 'vitest'
import { type Milliseconds, minutes, seconds } from '../../../src/time.ts'
import { onMysql } from '../../support/databases.ts'
import { sites } from '../../support/flows.ts'
import { gateBefore } from '../../support/gate.ts'
import { makeApp, type TestApp, throwawayDatabase, useApp } from '../../support/make-app.ts'
import { nothingIsHalf } from '../../support/nothing-is-half.ts'
import { isWhole, walked } from '../../support/walk.ts'

/** The longest that a request may try again after a lost statement, and much more for a busy machine. */
const longEnough = seconds(15)

/** Reading needs no lock. */
const reading = [
  'registration with an invitation and a short password',
  'login that is rate-limited',
  'account page',
  'account page with a session that has ended',
]

for (const { where, settings, flows } of sites) {
  onMysql(`With one statement that hangs${where},`, (database) => {
    const patient = useApp(database, settings)
    const both = ['command', 'answer'] as const
    const alone = walked(Object.entries(flows).filter(([, { hasTwin }]) => !hasTwin))
    const cases = alone.flatMap(([name, flow]) => both.map((lost) => ({ name, flow, lost })))

    it.concurrent.each(cases)(
      `V2.3.3 V13.1.3 V15.4.3 V16.5.3 $name: ${isWhole ? 'each' : 'the first'} $lost once lost in silence`,
      async ({ flow, lost }) => {
        const gate = await gateBefore(database.url)
        await gate.open()
        const impatient = await makeApp({ url: gate.url }, { ...settings, databaseTimeout: seconds(0.25) })
        let at = 1
        for (let refused = 0; ; ) {
          const { browser, person } = await flow.prepare(patient())
          const sending = impatient.visitor()
          sending.cookies = browser.cookies
          gate.hang(at, lost)
          const started = performance.now()
          const { status } = await flow.send(sending, person)
          expect(performance.now() - started).toBeLessThan(longEnough)
          gate.disarm()
          await flow.verify(patient(), person, status, browser)
          if (gate.hasHung()) {
            at += 1
            if (isWhole) continue
            break
          }
          if (status !== 503 || refused === 5) break
          // The machine was too busy for so short a time-out, so the breaker was open and nothing was asked.
          refused += 1
          await pause(1_000)
        }
        expect(at).toBeGreaterThan(1)
        await impatient.close()
        await gate.close()
      },
      // Each statement of a flow costs a second and more, and several flows go at once.
      minutes(15),
    )

    it('V2.3.3 nothing is half there after all of that', () => nothingIsHalf(patient()))
  })

  describe(`With someone else in the SQLite file${where},`, () => {
    const database = throwawayDatabase()
    const app = useApp({ name: 'SQLite', ...database }, settings)
    const writing = walked(Object.entries(flows).filter(([name]) => !reading.includes(name)))

    it.each(writing)(
      'V13.1.3 V15.4.3 V16.5.3 %s: 503 while it is locked, and well again afterwards',
      async (_, flow) => {
        const { browser, person } = await flow.prepare(app())
        await waitForLocks(app(), seconds(0.02))
        const release = lock(database)
        const { status } = await flow.send(browser, person)
        release()
        expect(status).toBe(503)
        await flow.verify(app(), person, status, browser)
        await nothingIsHalf(app())
      },
    )

    it.each(writing)('V15.4.3 %s: waits for a lock that is soon gone', async (_, flow) => {
      const { browser, person } = await flow.prepare(app())
      await waitForLocks(app(), seconds(0.2))
      const release = lock(database)
      const answer = flow.send(browser, person)
      // SQLite waits without letting anything else of this process run; between its tries there is room.
      await pause(250)
      release()
      const { status } = await answer
      expect(status).toBeLessThan(500)
      await flow.verify(app(), person, status, browser)
      await nothingIsHalf(app())
    })
  })
}

function lock({ url }: { url: string }): () => void {
  const other = new DatabaseSync(url.slice('sqlite:'.length))
  other.exec('begin immediate')
  return () => {
    other.exec('rollback')
    other.close()
  }
}

/** At each of its tries. As shipped it is the longer one; nothing else runs meanwhile, so that the shorter one saves a minute. */
async function waitForLocks({ services }: TestApp, time: Milliseconds): Promise<void> {
  await sql`pragma busy_timeout = ${sql.lit(time)}`.execute(services.database.db)
}
