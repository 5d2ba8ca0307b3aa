import { setTimeout as pause } from 'node:timers/promises'
import { afterEach, expect, it, vi } from 'vitest'
import { onMysql, openDriver } from '../../tests/support/databases.ts'
import { movedClock } from '../../tests/support/make-app.ts'
import { spied } from '../../tests/support/spied-database.ts'
import { minutes, seconds } from '../time.ts'
import { fromDriver } from './connect.ts'
import { migrate } from './migrate.ts'
import * as baseline from './migrations/0001-baseline.ts'

onMysql('While it brings the tables up to date, a copy', (database) => {
  afterEach(() => void vi.useRealTimers())

  it('V15.4.2 keeps its lease, between steps and in the middle of one, however long they take', async () => {
    vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] })
    const clock = movedClock()
    const plain = fromDriver(openDriver(database))
    const timeLeft = async () => {
      const [row] = await plain.db
        .selectFrom('gatelodge_leases' as never)
        .selectAll()
        .execute()
      return Number((row as unknown as { expires_at: number }).expires_at) - clock.now()
    }
    const left: number[] = []
    const driver = spied(openDriver(database), async (work, text) => {
      if (text.includes('create table') && text.includes('gatelodge_accounts')) {
        clock.pass(minutes(1.5))
        vi.advanceTimersByTime(seconds(20))
        while ((await timeLeft()) < minutes(1)) await pause(10)
      }
      if (!text.startsWith('insert into `gatelodge_migrations`')) return work()
      clock.pass(minutes(1.5))
      left.push(await timeLeft())
      return work()
    })
    const whole = fromDriver(driver)
    const nothing = { up: async () => {} }
    await migrate(whole, clock, undefined, { '0001-baseline': baseline, two: nothing, three: nothing, four: nothing })
    expect(left.length).toBe(4)
    expect(Math.min(...left)).toBeGreaterThan(0)
    await whole.close()
    await plain.close()
  })
})
