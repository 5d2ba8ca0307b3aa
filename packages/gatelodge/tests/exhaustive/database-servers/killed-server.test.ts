// The database server is killed in the middle of many registrations and started again on the same data: each person whose
// page said "registered" has an account, and no request waits for ever.
import { setTimeout as pause } from 'node:timers/promises'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { seconds, systemClock } from '../../../src/time.ts'
import { ask } from '../../support/databases.ts'
import { makeApp, type TestApp } from '../../support/make-app.ts'
import { type PrivateServer, startServer } from '../../support/mysql-server.ts'
import { nothingIsHalf } from '../../support/nothing-is-half.ts'
import { type Fields, someone } from '../../support/visitor.ts'

interface Told {
  person: Fields
  status: number
  took: number
}

let server: PrivateServer
let app: TestApp
beforeAll(async () => {
  // What was committed is in the file before the answer is sent.
  server = await startServer(['--innodb-flush-log-at-trx-commit=1'])
  await ask(server.url, 'create database gatelodge')
  app = await makeApp({ url: `${server.url}/gatelodge` }, { databaseTimeout: seconds(1) }, { clock: systemClock })
})
afterAll(async () => {
  await app.close()
  await server.stop()
})

/** 16 people at once, and the next as soon as one has an answer. */
function registerOnAndOn() {
  const told: Told[] = []
  let goesOn = true
  const people = Array.from({ length: 16 }, async () => {
    while (goesOn) {
      const person = someone()
      const started = performance.now()
      const { status } = await app.visitor().json('POST', '/api/v1/register', person)
      told.push({ person, status, took: performance.now() - started })
      // A person whose page said "try again later" does not come back at once.
      if (status !== 201) await pause(50)
    }
  })
  return {
    registered: () => told.filter(({ status }) => status === 201),
    async stop(): Promise<Told[]> {
      goesOn = false
      await Promise.all(people)
      return told
    },
  }
}

async function until(what: () => boolean): Promise<void> {
  while (!what()) await pause(20)
}

it('V2.3.3 V13.1.3 V15.4.3 V16.5.2 V16.5.3 a killed server loses nothing that was acknowledged, and holds up nobody', async () => {
  const load = registerOnAndOn()
  await until(() => load.registered().length > 100)
  await server.kill()
  await pause(seconds(1))
  const before = load.registered().length
  await server.startAgain()
  // Well again by itself, and for a while.
  await until(() => load.registered().length > before + 100)
  const told = await load.stop()

  expect(new Set(told.map(({ status }) => status))).toEqual(new Set([201, 503]))
  // The time-out, the time for finding out what became of a COMMIT, and much more for a busy machine.
  expect(Math.max(...told.map(({ took }) => took))).toBeLessThan(seconds(15))

  await nothingIsHalf(app)
  const { db } = app.services.database
  const stored = new Set((await db.selectFrom('gatelodge_accounts').select('email').execute()).map((row) => row.email))
  const registered = told.filter(({ status }) => status === 201)
  const unknown = told.filter(({ status, person }) => status === 503 && stored.has(person.email ?? ''))
  for (const { person } of registered) expect(stored).toContain(person.email)
  expect(stored.size).toBe(registered.length + unknown.length)
  // Each of the 16 can have been in the middle of a COMMIT, once.
  expect(unknown.length).toBeLessThanOrEqual(16)

  const anyone = [...registered.slice(0, 20), ...registered.slice(-20), ...unknown]
  for (const { person } of anyone) expect((await app.visitor().json('POST', '/api/v1/login', person)).status).toBe(200)
})
