// Who brings the tables up to date loses the connection at each of their statements once. (On SQLite all of it is one
// transaction, and nobody is held up by a row.)
import { expect, it } from 'vitest'
import { fromDriver } from '../../../src/database/connect.ts'
import { prepareDatabase } from '../../../src/database/readiness.ts'
import { seconds } from '../../../src/time.ts'
import { openDriver } from '../../support/databases.ts'
import { movedClock } from '../../support/make-app.ts'
import { spied } from '../../support/spied-database.ts'
import { isWhole, onWalkedDatabases } from '../../support/walk.ts'

/** Of a sample: every tenth statement. */
const step = isWhole ? 1 : 10

onWalkedDatabases('The lease of who brings the tables up to date', (database) => {
  it('V16.5.3 holds up nobody whose connection was cut, wherever that was: it is known again', async () => {
    let count = 0
    let cutAt = 1 - step
    let wasCut = false
    const driver = spied(openDriver(database), async (work, text) => {
      count += 1
      // SQLite has no connection to lose: a ROLLBACK works, and a BEGIN that fails has not begun.
      const isEmbedded = database.name === 'SQLite'
      if (isEmbedded && text === 'rollback') return work()
      // The second is the one that would give the lease back.
      if (count !== cutAt && count !== cutAt + 1) return work()
      wasCut = true
      if (count === cutAt && !(isEmbedded && text === 'begin')) await work()
      throw Object.assign(new Error('gone'), { errno: 4031, errcode: 10 })
    })
    const whole = fromDriver(driver)
    // It stands still: a lease that had to end first would never end.
    const clock = movedClock()
    do {
      cutAt += step
      count = 0
      wasCut = false
      const readiness = prepareDatabase({
        database: whole,
        clock,
        migrates: true,
        longestWait: seconds(5),
        onAway: () => {},
      })
      await readiness.first
      cutAt += 1_000
      await whole.db.schema.dropTable('gatelodge_migrations').execute()
      cutAt -= 1_000
    } while (wasCut)
    expect(cutAt).toBeGreaterThan(20)
    await whole.close()
  })
})
