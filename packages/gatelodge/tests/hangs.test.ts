// Every statement of every flow hangs once: it never arrives, or its answer never comes. A person gets an answer all the
// same, it is true, and the next one is served as if nothing had been.
import { DatabaseSync } from 'node:sqlite'
import { setTimeout as pause } from 'node:timers/promises'
import { describe, expect, it } from 'vitest'
import { seconds } from '../src/time.ts'
import { onMysql } from './support/databases.ts'
import { flows } from './support/flows.ts'
import { gateBefore } from './support/gate.ts'
import { makeApp, throwawayDatabase, useApp } from './support/make-app.ts'
import { nothingIsHalf } from './support/nothing-is-half.ts'

/** The longest that a request may try again after a lost statement, and much more for a busy machine. */
const longEnough = seconds(15)

onMysql('With one statement that hangs', (database) => {
  const patient = useApp(database)
  const both = ['command', 'answer'] as const
  const cases = Object.entries(flows).flatMap(([name, flow]) => both.map((lost) => ({ name, flow, lost })))

  it.concurrent.each(cases)(
    'V2.3.3 V13.1.3 V15.4.3 V16.5.3 $name: each $lost once lost in silence',
    async ({ flow, lost }) => {
      const gate = await gateBefore(database.url)
      await gate.open()
      const impatient = await makeApp({ url: gate.url }, { databaseTimeout: seconds(0.3) })
      let at = 0
      do {
        at += 1
        const { browser, person } = await flow.prepare(patient())
        const sending = impatient.visitor()
        sending.cookies = browser.cookies
        gate.hang(at, lost)
        const started = performance.now()
        const { status } = await flow.send(sending, person)
        expect(performance.now() - started).toBeLessThan(longEnough)
        gate.disarm()
        await flow.verify(patient(), person, status, browser)
      } while (gate.hasHung())
      expect(at).toBeGreaterThan(1)
      await impatient.close()
      await gate.close()
    },
  )

  it('V2.3.3 nothing is half there after all of that', () => nothingIsHalf(patient()))
})

describe('With somebody else in the SQLite file', () => {
  const database = throwawayDatabase()
  const app = useApp({ name: 'SQLite', ...database })
  const lock = () => {
    const other = new DatabaseSync(database.url.slice('sqlite:'.length))
    other.exec('begin immediate')
    return {
      release() {
        other.exec('rollback')
        other.close()
      },
    }
  }
  // Reading needs no lock.
  const reading = ['login that is held back', 'account page', 'account page with a session that has ended']
  const writing = Object.entries(flows).filter(([name]) => !reading.includes(name))

  it.each(writing)('V13.1.3 V15.4.3 V16.5.3 %s: 503 while it is locked, and well again afterwards', async (_, flow) => {
    const { browser, person } = await flow.prepare(app())
    const other = lock()
    const { status } = await flow.send(browser, person)
    other.release()
    expect(status).toBe(503)
    await flow.verify(app(), person, status, browser)
    await nothingIsHalf(app())
  })

  it.each(writing)('V15.4.3 %s: waits for a lock that is soon gone', async (_, flow) => {
    const { browser, person } = await flow.prepare(app())
    const other = lock()
    const answer = flow.send(browser, person)
    // SQLite waits without letting anything else of this process run; between its tries there is room.
    await pause(250)
    other.release()
    const { status } = await answer
    expect(status).toBeLessThan(500)
    await flow.verify(app(), person, status, browser)
    await nothingIsHalf(app())
  })
})
