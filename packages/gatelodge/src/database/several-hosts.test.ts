// Two addresses of one server stand for a cluster: each can be taken away and brought back.
import { setTimeout as pause } from 'node:timers/promises'
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest'
import { onMysql } from '../../tests/support/databases.ts'
import { type Gate, gateBefore } from '../../tests/support/gate.ts'
import { makeApp, type TestApp } from '../../tests/support/make-app.ts'
import { nothingIsHalf } from '../../tests/support/nothing-is-half.ts'
import { someone } from '../../tests/support/visitor.ts'
import { seconds, systemClock } from '../time.ts'

onMysql('With several hosts', (database) => {
  let gates: Gate[]
  let app: TestApp
  const hostOf = (gate: Gate | undefined) => new URL(gate?.url ?? '').host
  beforeAll(async () => {
    gates = await Promise.all([gateBefore(database.url), gateBefore(database.url)])
    for (const gate of gates) await gate.open()
    const url = database.url.replace(new URL(database.url).host, gates.map(hostOf).join())
    app = await makeApp({ url }, { databaseTimeout: seconds(1) }, { clock: systemClock })
  })
  afterEach(() => nothingIsHalf(app))
  afterAll(async () => {
    await app.close()
    for (const gate of gates) await gate.close()
  })

  const roles = () => app.services.database.hosts?.().map(({ role }) => role)
  const found = () => app.logged.filter(({ msg }) => msg === 'database.writer-found').map(({ writer }) => writer)
  const ready = async () => (await app.visitor().send('GET', '/health/ready')).status
  const register = async () => (await app.visitor().json('POST', '/api/v1/register', someone())).status
  const eventually = async (what: () => Promise<boolean>) => {
    while (!(await what())) await pause(50)
  }

  it('the first that takes writes is the writer, and the log says so', async () => {
    expect(await register()).toBe(201)
    expect(await ready()).toBe(200)
    expect(roles()).toEqual(['writer', 'standby'])
    expect(found()).toEqual([hostOf(gates[0])])
  })

  it('V16.5.2 V2.3.3 a writer that dies costs nobody more than a pause, and one that comes back changes nothing', async () => {
    const browser = app.visitor()
    await browser.register()
    await gates[0]?.close()
    expect(await Promise.all([register(), register(), register()])).toEqual([201, 201, 201])
    expect((await browser.json('GET', '/api/v1/session')).status).toBe(200)
    expect([roles(), await ready()]).toEqual([['away', 'writer'], 200])
    await gates[0]?.open()
    expect(await register()).toBe(201)
    expect(found()).toEqual(gates.map(hostOf))
  })

  it('V16.5.2 V2.3.3 a COMMIT whose writer dies is found again on the next one', async () => {
    const ada = someone()
    const browser = app.visitor()
    gates[1]?.loseCommitAnswer()
    const registered = browser.json('POST', '/api/v1/register', ada)
    await pause(300)
    await gates[1]?.close()
    expect((await registered).status).toBe(201)
    expect((await browser.json('GET', '/api/v1/session')).status).toBe(200)
    expect(roles()).toEqual(['writer', 'away'])
    await gates[1]?.open()
  })

  it('V13.1.3 V16.5.2 a writer that goes silent costs the time-out, and all are away only where all are', async () => {
    gates[0]?.silence()
    await eventually(async () => (await register()) === 201)
    expect(roles()).toEqual(['away', 'writer'])
    gates[1]?.silence()
    await eventually(async () => (await ready()) === 503)
    expect(await register()).toBe(503)
    await eventually(async () => app.logged.some(({ msg }) => msg === 'database.writer-missing'))
    await gates[0]?.open()
    await eventually(async () => (await ready()) === 200)
    expect(await register()).toBe(201)
    await gates[1]?.open()
  })
})
