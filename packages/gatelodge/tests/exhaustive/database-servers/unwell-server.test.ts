// A server that is there and not well: it has no prepared statements left, takes no writes, hangs while it writes, cuts
// connections, carries out a COMMIT and does not say so. People meet what is true, and a 503 at most.
import { setTimeout as pause } from 'node:timers/promises'
import { createConnection } from 'mysql2/promise'
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from 'vitest'
import { keptForReads } from '../../../src/database/mysql-pool.ts'
import { seconds, systemClock } from '../../../src/time.ts'
import { ask } from '../../support/databases.ts'
import { gateBefore } from '../../support/gate.ts'
import { makeApp, type TestApp } from '../../support/make-app.ts'
import { type PrivateServer, startServer } from '../../support/mysql-server.ts'
import { nothingIsHalf } from '../../support/nothing-is-half.ts'
import { someone, type Visitor } from '../../support/visitor.ts'

let server: PrivateServer
let app: TestApp
/** Of a user as a site has one: it may not write where the server is read-only. */
let url: string
let made = 0

beforeAll(async () => {
  server = await startServer()
  await ask(server.url, "create user site@'%' identified by 'site'")
})
afterAll(() => server.stop())

beforeEach(async () => {
  made += 1
  await ask(server.url, `create database unwell_${made}`)
  await ask(server.url, `grant all on unwell_${made}.* to site@'%'`)
  const { port } = new URL(server.url)
  url = `mysql://site:site@127.0.0.1:${port}/unwell_${made}`
  app = await makeApp({ url }, {}, { clock: systemClock })
})
afterEach(async () => {
  await nothingIsHalf(app)
  await app.close()
})

const statusOf = async (browser: Visitor, path: string) => (await browser.send('GET', path)).status
const ready = () => statusOf(app.visitor(), '/health/ready')

async function eventually(what: () => Promise<boolean>): Promise<void> {
  while (!(await what())) await pause(50)
}

const connections = async () => {
  const rows = await ask(server.url, "select id from information_schema.processlist where user = 'site'")
  return rows.map(({ id }) => Number(id))
}

/** One that has ended in the meantime is as good. */
const kill = (id: number) =>
  ask(server.url, `kill ${id}`).catch((error) => {
    if (error.code !== 'ER_NO_SUCH_THREAD') throw error
  })

it('V16.5.2 V16.5.3 without prepared statements left, people are asked to come back, and it recovers', async () => {
  const browser = app.visitor()
  const ada = await browser.register()
  await ask(server.url, 'set global max_prepared_stmt_count = 0')
  // What is prepared already goes on; what is cut has to prepare again.
  for (const id of await connections()) await kill(id)
  for (const answer of [
    await browser.send('GET', '/account'),
    await app.visitor().send('POST', '/api/v1/login', JSON.stringify(ada), { 'content-type': 'application/json' }),
  ]) {
    expect(answer.status).toBe(503)
    expect(answer.headers.get('retry-after')).toMatch(/^\d+$/)
  }
  await ask(server.url, 'set global max_prepared_stmt_count = 16382')
  await eventually(async () => (await statusOf(browser, '/account')) === 200)
  expect((await app.visitor().json('POST', '/api/v1/login', ada)).status).toBe(200)
})

it('V16.5.2 V16.5.3 a server that became read-only is not ready, refuses writes at once, and heals by itself', async () => {
  const browser = app.visitor()
  const ada = await browser.register()
  expect(await ready()).toBe(200)
  await ask(server.url, 'set global read_only = 1')
  // By itself, though nobody has tried to write.
  await eventually(async () => (await ready()) === 503)
  let connected = 0
  for (let tries = 0; tries < 5; tries += 1) {
    expect((await app.visitor().json('POST', '/api/v1/register', someone())).status).toBe(503)
    connected = Math.max(connected, (await connections()).length)
  }
  // Not tried over and over: for that, connections would come and go.
  expect(connected).toBeLessThanOrEqual(10)
  expect(await statusOf(browser, '/account')).toBe(200)
  expect((await app.visitor().json('POST', '/api/v1/login', ada)).status).toBe(503)
  await ask(server.url, 'set global read_only = 0')
  await eventually(async () => (await ready()) === 200)
  expect((await app.visitor().json('POST', '/api/v1/login', ada)).status).toBe(200)
})

it('V16.5.2 V16.5.3 writes work again without anyone asking for the health', async () => {
  await ask(server.url, 'set global read_only = 1')
  expect((await app.visitor().json('POST', '/api/v1/register', someone())).status).toBe(503)
  await ask(server.url, 'set global read_only = 0')
  await eventually(async () => (await app.visitor().json('POST', '/api/v1/register', someone())).status === 201)
})

it('V16.5.2 connections that are cut cost nobody more than a pause', async () => {
  const browsers = [app.visitor(), app.visitor(), app.visitor(), app.visitor(), app.visitor()]
  const people = await Promise.all(browsers.map((browser) => browser.register()))
  for (let round = 0; round < 3; round += 1) {
    for (const id of await connections()) await kill(id)
    expect(await Promise.all(browsers.map((browser) => statusOf(browser, '/account')))).toEqual(people.map(() => 200))
    for (const id of await connections()) await kill(id)
    const logIns = await Promise.all(people.map((person) => app.visitor().json('POST', '/api/v1/login', person)))
    expect(logIns.map(({ status }) => status)).toEqual(people.map(() => 200))
  }
})

it('V16.5.2 many connections that are cut at one moment do not count as a server that is away', async () => {
  const gate = await gateBefore(url)
  await gate.open()
  const switching = await makeApp({ url: gate.url }, {}, { clock: systemClock })
  const { database } = switching.services
  const read = () => database.db.selectFrom('gatelodge_accounts').select('id').execute()
  const reads = () => Promise.all([read(), read(), read(), read(), read(), read()])
  await reads()
  gate.cutOnUse()
  expect(await reads()).toEqual([[], [], [], [], [], []])
  await reads()
  // One after the other, as one request meets them.
  gate.cutOnUse()
  expect((await switching.visitor().json('POST', '/api/v1/register', someone())).status).toBe(201)
  await switching.close()
  await gate.close()
})

it('V13.1.2 V15.4.3 pages that read do not wait behind writes that hang', async () => {
  const patient = await makeApp({ url }, { databaseTimeout: seconds(60) }, { clock: systemClock })
  const browser = patient.visitor()
  await browser.register()
  // As a backup or a long ALTER would.
  const other = await createConnection({ uri: `${server.url}/unwell_${made}`, disableEval: true })
  await other.query('lock tables gatelodge_passwords write')
  let waiting = 20
  const writes = Array.from({ length: waiting }, async () => {
    const { status } = await patient.visitor().json('POST', '/api/v1/register', someone())
    waiting -= 1
    return status
  })
  const held = async () => {
    const rows = await ask(
      server.url,
      "select 1 from information_schema.processlist where state like '%metadata lock%'",
    )
    return rows.length
  }
  const { databaseConnections } = patient.services.settings
  await eventually(async () => (await held()) === databaseConnections - keptForReads(databaseConnections))
  for (let page = 0; page < 10; page += 1) expect(await statusOf(browser, '/account')).toBe(200)
  expect(waiting).toBe(20)
  await other.query('unlock tables')
  await other.end()
  expect(new Set(await Promise.all(writes))).toEqual(new Set([201]))
  await patient.close()
})

it('V2.3.3 V16.5.3 the answer is true also for a COMMIT that takes longer than three seconds', async () => {
  const gate = await gateBefore(url)
  await gate.open()
  const impatient = await makeApp({ url: gate.url }, { databaseTimeout: seconds(3.3) }, { clock: systemClock })
  const ada = someone()
  gate.loseCommitAnswer()
  const browser = impatient.visitor()
  expect((await browser.json('POST', '/api/v1/register', ada)).status).toBe(201)
  expect((await browser.json('GET', '/api/v1/session')).status).toBe(200)
  await impatient.close()
  await gate.close()
})
