import { expect, it, vi } from 'vitest'
import { makeApp, throwawayDatabase } from '../../tests/support/make-app.ts'
import { seconds } from '../time.ts'
import { createBreaker } from './breaker.ts'
import { mysql } from './dialect.ts'
import { transactions } from './transaction.ts'

it('V2.3.3 the result of an earlier try is returned, also when a later try would not do the work any more', async () => {
  const app = await makeApp(throwawayDatabase())
  const { db } = app.services.database
  const begin = db.startTransaction.bind(db)
  const gone = Object.assign(new Error('gone'), { code: 'ECONNRESET' })
  vi.spyOn(db, 'startTransaction').mockImplementationOnce(() => {
    const builder = begin()
    const execute = builder.execute.bind(builder)
    builder.execute = async () =>
      Object.assign(await execute(), { commit: () => ({ execute: () => Promise.reject(gone) }) }) as never
    return builder
  })
  let tries = 0
  let looks = 0
  const work = async () => {
    tries += 1
    if (tries > 1) throw new Error('rate-limited')
    return 'done'
  }
  // Its COMMIT arrives after the first look.
  const landed = async () => {
    looks += 1
    return looks > 1 ? 'landed' : undefined
  }
  const bounds = { timeout: seconds(1), writes: createBreaker(app.clock, 1) }
  expect(await transactions(db, mysql, bounds)(work, landed)).toBe('landed')
  await app.close()
})
